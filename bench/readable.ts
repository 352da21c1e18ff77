import { streamNames } from '../src/app/features';
import { benchLedger, BenchLedger } from './bench-ledger';
import { onRedis } from './engines';
import { Figure, percentile, Report } from './measure';
import * as seed from './seed';

const BLOCKS = 20;
const APPENDS = 100;
const STREAM = streamNames().streamOf({ entityType: 'TASK', code: 'T' });

interface Times {
  /** Until it is recorded. */
  readonly append: number[];
  /** Until it can be read, on the same node. */
  readonly readable: number[];
}

/** From the start of an append to the SQLite log until it can be read, one append after the other. */
export function readable(): Promise<Report> {
  return onRedis(async ({ url }) => {
    const ledgers = { Redis: await ledger(url), memory: await ledger() };
    const times = { Redis: none(), memory: none() };
    for (let block = -1; block < BLOCKS; block++) {
      for (const name of ['Redis', 'memory'] as const) {
        // The first block is a warm-up.
        await appendAndWait(ledgers[name], block < 0 ? none() : times[name]);
      }
    }
    for (const each of Object.values(ledgers)) await each.close();
    return [...figures('Redis', times.Redis), ...figures('memory', times.memory)];
  });
}

const none = (): Times => ({ append: [], readable: [] });

const ledger = (redisUrl?: string): Promise<BenchLedger> =>
  benchLedger(
    async (log) => {
      await seed.department(log, 'D');
      await seed.task(log, 'D', 'T', 10);
    },
    { redisUrl },
  );

async function appendAndWait({ log, services }: BenchLedger, times: Times): Promise<void> {
  for (let index = 0; index < APPENDS; index++) {
    const start = performance.now();
    const result = await log.append(STREAM, [seed.report()], 'any');
    const appended = performance.now();
    if (result.kind === 'conflict' || !(await services.reader.waitFor(result.position))) {
      throw new Error('an append was not made, or not read in time');
    }
    times.readable.push(performance.now() - start);
    times.append.push(appended - start);
  }
}

const figures = (engine: string, times: Times): Figure[] => [
  { what: `append to readable in ${engine}, median`, value: percentile(times.readable, 50), unit: 'ms' },
  { what: `append to readable in ${engine}, p99`, value: percentile(times.readable, 99), unit: 'ms' },
  { what: `the part for the append to SQLite, median`, value: percentile(times.append, 50), unit: 'ms' },
  { what: `the part for the append to SQLite, p99`, value: percentile(times.append, 99), unit: 'ms' },
];
