import { Redis } from 'ioredis';
import { EventStore } from '../src/event-store/event-store';
import { openReadModels } from '../tests/support/redis/harness';
import { benchLedger } from './bench-ledger';
import { onRedis } from './engines';
import { ratio, Report } from './measure';
import { secondsToProject } from './replay';
import * as seed from './seed';

const DEPARTMENTS = 30;
const CHANGES = 100;

/** The memory of an event in Redis, compared with the bytes of the document entries that it made. */
export function redisMemory(): Promise<Report> {
  return onRedis(async ({ port, url }) => {
    const ledger = await benchLedger(aHundredChangesEach);
    const events = Number(await ledger.log.head());
    const store = openReadModels(url);
    const raw = new Redis(port, '127.0.0.1');
    try {
      // Connections, scripts and settings are counted before.
      await store.watermark();
      const before = await memory(raw);
      await secondsToProject(ledger.log, store);
      const after = await memory(raw);
      const own = await ownBytes(raw);
      const used = (after.used - before.used) / events;
      return [
        { what: `events, ${CHANGES} changes an entity`, value: events, unit: 'events' },
        { what: 'used_memory an event', value: used, unit: 'bytes' },
        { what: 'used_memory_dataset an event', value: (after.dataset - before.dataset) / events, unit: 'bytes' },
        { what: 'own bytes of its document entries an event', value: own / events, unit: 'bytes' },
        ratio('Redis bytes an event, to its own', used, own / events, { atMost: 1.6 }),
      ];
    } finally {
      raw.disconnect();
      await store.close();
      await ledger.close();
    }
  });
}

async function aHundredChangesEach(log: EventStore): Promise<void> {
  for (let index = 0; index < DEPARTMENTS; index++) {
    const code = `D${index}`;
    await seed.department(log, code);
    await seed.budget(log, code, CHANGES - 1);
    await seed.task(log, code, `${code}-T`, CHANGES - 1);
    await seed.indicator(log, code, `${code}-I`, CHANGES - 1);
  }
}

async function memory(raw: Redis): Promise<{ readonly used: number; readonly dataset: number }> {
  const info = await raw.info('memory');
  const figure = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
  return { used: figure('used_memory'), dataset: figure('used_memory_dataset') };
}

/** Only the documents: the values of all entries, and the names of the fields once per document. */
async function ownBytes(raw: Redis): Promise<number> {
  let bytes = 0;
  for (const key of await raw.keys('*:d:*')) {
    const entries = await raw.xrange(key, '-', '+');
    const texts = entries.flatMap(([, fields]) => fields.filter((_, index) => index % 2 === 1));
    const names = new Set(entries.flatMap(([, fields]) => fields.filter((_, index) => index % 2 === 0)));
    for (const text of [...texts, ...names]) bytes += Buffer.byteLength(text);
  }
  return bytes;
}
