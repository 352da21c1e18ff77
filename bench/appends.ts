import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openKurrentEventStore } from '../src/event-store/adapters/kurrentdb/kurrent-event-store';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore, ExpectedRevision } from '../src/event-store/event-store';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { onKurrentStandIn } from './engines';
import { median, Report } from './measure';
import { report } from './seed';

const ROUNDS = 7;
const SECONDS = 1.5;
const WRITERS = 50;

/** Appends of one event per second, each durable and with an expected revision, like those of commands. */
export function appends(): Promise<Report> {
  const url = process.env.EVENTSTORE_URL ?? '';
  if (url !== '') return measure(url, `KurrentDB: the server that EVENTSTORE_URL names`);
  return onKurrentStandIn((standIn) =>
    measure(
      standIn,
      'KurrentDB: a stand-in, not a real server, so the figures show only the cost of the adapter, the client and the protocol',
    ),
  );
}

async function measure(kurrentUrl: string, remark: string): Promise<Report> {
  const folder = temporaryFolder();
  const prefix = `bench-${randomUUID()}-`;
  const stores = {
    SQLite: openSqliteEventStore({ path: path.join(folder.path, 'ledger.db'), prefix }),
    KurrentDB: openKurrentEventStore({ url: kurrentUrl, prefix }),
  };
  const rates = new Map<string, number[]>();
  try {
    for (let round = -1; round < ROUNDS; round++) {
      for (const [name, store] of Object.entries(stores)) {
        for (const writers of [1, WRITERS]) {
          const what = `${name}, ${writers === 1 ? 'one after the other' : `${writers} writers on ${writers} streams`}`;
          const rate = await appendsASecond(store, prefix, writers);
          // The first round is a warm-up.
          if (round >= 0) rates.set(what, [...(rates.get(what) ?? []), rate]);
        }
      }
    }
  } finally {
    for (const store of Object.values(stores)) await store.close();
    folder.remove();
  }
  const figures = [...rates].map(([what, values]) => ({ what, value: median(values), unit: 'appends/s' }));
  return [remark, ...figures];
}

async function appendsASecond(store: EventStore, prefix: string, writers: number): Promise<number> {
  let appended = 0;
  const start = performance.now();
  const write = async (): Promise<void> => {
    const stream = `${prefix}${randomUUID()}`;
    let expected: ExpectedRevision = 'no-stream';
    while (performance.now() - start < SECONDS * 1000) {
      const result = await store.append(stream, [report()], expected);
      if (result.kind === 'conflict') throw new Error(`another writer appended to ${stream}`);
      expected = result.revision;
      appended++;
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return appended / ((performance.now() - start) / 1000);
}
