import { Redis } from 'ioredis';
import { RedisServer } from '../tests/support/redis/server';
import { openReadModels } from '../tests/support/redis/harness';
import { benchLedger, BenchLedger } from './bench-ledger';
import { onRedis } from './engines';
import { median, medianRatio, Report } from './measure';
import { manyDepartments, secondsToProject } from './replay';

const DEPARTMENTS = 20;
const ROUNDS = 4;
const COMMANDS_PER_PIPELINE = 500;

interface StreamEntry {
  readonly key: string;
  readonly id: string;
  readonly fields: readonly string[];
}

/** The log from SQLite through the projector into Redis, and the same stream entries as plain XADDs in pipelines. */
export function redisReplay(): Promise<Report> {
  return onRedis(async (server) => {
    const ledger = await benchLedger((log) => manyDepartments(log, DEPARTMENTS));
    const raw = new Redis(server.port, '127.0.0.1');
    try {
      return await measure(server, ledger, raw);
    } finally {
      raw.disconnect();
      await ledger.close();
    }
  });
}

async function measure({ url }: RedisServer, { log }: BenchLedger, raw: Redis): Promise<Report> {
  const events = Number(await log.head());
  const store = openReadModels(url);
  await store.watermark();
  let entries: readonly StreamEntry[] = [];
  const rounds: { readonly replay: number; readonly raw: number }[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    await raw.flushall();
    const replayed = await secondsToProject(log, store);
    if (round < 0) entries = await allEntries(raw);
    await raw.flushall();
    const added = await secondsToAdd(raw, entries);
    // The first round is a warm-up.
    if (round >= 0) rounds.push({ replay: events / replayed, raw: events / added });
  }
  await store.close();
  return [
    { what: 'events replayed', value: events, unit: 'events' },
    { what: 'stream entries an event', value: entries.length / events, unit: 'entries' },
    { what: 'replay of the log into Redis', value: median(rounds.map(({ replay }) => replay)), unit: 'events/s' },
    {
      what: `its entries as XADDs in pipelines of ${COMMANDS_PER_PIPELINE}`,
      value: median(rounds.map((each) => each.raw)),
      unit: 'events/s',
    },
    medianRatio('replay, to XADD of the same entries', rounds, ['replay', 'raw'], { atLeast: 0.6 }),
  ];
}

/** In the order in which the replay wrote them. */
async function allEntries(raw: Redis): Promise<readonly StreamEntry[]> {
  const placed: { readonly position: number; readonly entry: StreamEntry }[] = [];
  for (const key of await raw.keys('*')) {
    if ((await raw.type(key)) !== 'stream') continue;
    for (const [id, fields] of await raw.xrange(key, '-', '+')) {
      // Ids are <position>-0; those of the index by time are <milliseconds>-<position>.
      const [first, second] = id.split('-').map(Number) as [number, number];
      placed.push({ position: second === 0 ? first : second, entry: { key, id, fields } });
    }
  }
  return placed.sort((a, b) => a.position - b.position).map(({ entry }) => entry);
}

async function secondsToAdd(raw: Redis, entries: readonly StreamEntry[]): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < entries.length; from += COMMANDS_PER_PIPELINE) {
    const pipeline = raw.pipeline();
    for (const { key, id, fields } of entries.slice(from, from + COMMANDS_PER_PIPELINE)) {
      pipeline.xadd(key, id, ...fields);
    }
    const replies = (await pipeline.exec()) ?? [];
    const failed = replies.find(([error]) => error !== null);
    if (failed) throw failed[0]!;
  }
  return (performance.now() - start) / 1000;
}
