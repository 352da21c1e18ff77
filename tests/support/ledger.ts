import { join } from 'node:path';
import { Ledger, LedgerOptions, openLedger } from '../../src/app/ledger';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../src/event-store/event-store';
import { DEFAULT_LIMITS, Limits } from '../../src/kernel/limits';
import { Clock } from '../../src/kernel/time';
import { NO_LEASE } from '../../src/projector/lease';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { TemporalStore } from '../../src/read-model/temporal-store';
import { TestClock } from './clock';
import { temporaryFolder } from './temporary-folder';
import timeLimits from './time-limits.json';
import { troublesTo } from './telemetry';

export const STREAM_PREFIX = 'mingjian-';
export const TIME_ZONE = 'Asia/Shanghai';

export type TestLedgerOptions<Time extends Clock = TestClock> = Partial<
  Omit<LedgerOptions, 'eventStore' | 'readModels' | 'limits' | 'clock'>
> & {
  readonly clock: Time;
  /** Called with the clock. By default a new ledger file, whose store and node go by it. */
  readonly eventStore?: (clock: Time) => EventStore | Promise<EventStore>;
  /** By default in memory. */
  readonly readModels?: () => TemporalStore | Promise<TemporalStore>;
  /** What differs from the default limits. */
  readonly limits?: Partial<Limits>;
};

export interface TestLedger<Time extends Clock = TestClock> {
  readonly clock: Time;
  readonly ledger: Ledger;
  /** The log as its adapter gives it. */
  readonly eventStore: EventStore;
  readonly limits: Limits;
  /** Fails if the ledger met trouble, unless its test looks after troubles itself. */
  readonly close: () => Promise<void>;
}

/** A whole ledger in this process. Servers and questions without a network are built on it. */
export async function startLedger<Time extends Clock>(options: TestLedgerOptions<Time>): Promise<TestLedger<Time>> {
  const { clock, eventStore: openLog, readModels, ...others } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const folder = temporaryFolder();
  const eventStore = await (openLog?.(clock) ?? openLedgerFile(join(folder.path, 'ledger.db'), clock));
  const troubles: unknown[] = [];
  const ledger = openLedger({
    projectUnder: NO_LEASE,
    streamPrefix: STREAM_PREFIX,
    timeZone: TIME_ZONE,
    patienceMs: timeLimits.patience,
    demo: false,
    pseudonymKey: 'the key of the pseudonyms in tests',
    telemetry: troublesTo((error) => void troubles.push(error)),
    ...others,
    clock,
    limits,
    eventStore,
    readModels: (await readModels?.()) ?? new MemoryTemporalStore(),
  });
  const close = async () => {
    await ledger.close();
    folder.remove();
    if (troubles.length > 0) throw new AggregateError(troubles, 'The ledger met trouble');
  };
  return { clock, ledger, eventStore, limits, close };
}

const openLedgerFile = (path: string, clock: Clock): EventStore =>
  openSqliteEventStore({ path, prefix: STREAM_PREFIX, clock: { simulated: clock }, nodeClock: clock });

/** The log, for a ledger that is not the only one over it: it stays open when the ledger is closed. */
export const notClosing = (log: EventStore): EventStore => ({
  append: (stream, events, expected) => log.append(stream, events, expected),
  readStream: (stream, from) => log.readStream(stream, from),
  readAll: (after) => log.readAll(after),
  subscribe: (after, signal) => log.subscribe(after, signal),
  head: () => log.head(),
  requireWritable: () => log.requireWritable(),
  forget: () => {
    log.forget();
  },
  close: () => Promise.resolve(),
});
