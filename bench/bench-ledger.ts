import { DepartmentScope } from '../src/auth/department-scope';
import { parse } from 'graphql';
import { readConfig } from '../src/app/config';
import { openReadLog } from '../src/app/reads';
import { openEngines } from '../src/app/engines';
import { schema } from '../src/app/features';
import { Ledger, LedgerOptions, openLedger } from '../src/app/ledger';
import { Principal } from '../src/auth/principal';
import { EventStore } from '../src/event-store/event-store';
import { CompiledExecution } from '../src/graphql/execution/compiled-execution';
import { RequestContext } from '../src/graphql/context';
import { DEFAULT_LIMITS } from '../src/kernel/limits';
import { systemClock } from '../src/kernel/time';
import { NO_LEASE } from '../src/projector/lease';
import { CacheBytes } from '../src/read-model/adapters/redis/reader';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { EVERY_WRITING_ROLE } from '../tests/support/writers';
import { NO_TROUBLE } from './no-trouble';

const PRINCIPAL: Principal = {
  sub: 'bench',
  roles: EVERY_WRITING_ROLE,
  departments: DepartmentScope.ALL,
  readDepartments: DepartmentScope.ALL,
};

export interface BenchLedger extends Ledger {
  readonly log: EventStore;
  /** Runs an operation in process, as the server does, by default for a caller that may do everything. Fails if it has errors. */
  ask(query: string, variables?: Record<string, unknown>, principal?: Principal): Promise<any>;
}

type FeedSettings = Pick<LedgerOptions, 'readerLimits' | 'progressMs'>;

export interface BenchLedgerOptions {
  readonly redisUrl?: string;
  /** What is kept of what was read from Redis; by default as in a server. */
  readonly cacheBytes?: CacheBytes;
  /** Without Redis; by default in memory. */
  readonly readModels?: 'memory' | 'sqlite';
  readonly feed?: FeedSettings;
  readonly readLog?: 'off' | 'best-effort';
}

/**
 * A ledger in a separate folder. It is seeded before it is opened, so that opening it replays the seed. Its read models are in
 * memory, in a file, or in the given Redis, which must be empty.
 */
export async function benchLedger(
  seed: (log: EventStore) => Promise<void>,
  options: BenchLedgerOptions = {},
): Promise<BenchLedger> {
  const { redisUrl, cacheBytes, feed, readLog = 'off' } = options;
  const readModels = redisUrl === undefined ? (options.readModels ?? 'memory') : undefined;
  const folder = temporaryFolder();
  const config = readConfig(
    { DATA_DIR: folder.path, REDIS_URL: redisUrl, READ_MODELS: readModels, PATIENCE_MS: '60000', READ_LOG: readLog },
    'tool',
  );
  const engines = openEngines(config, NO_TROUBLE, cacheBytes);
  const { eventStore: log } = engines;
  const reads = openReadLog(config, { clock: systemClock, lease: NO_LEASE, telemetry: NO_TROUBLE });
  await seed(log);
  const ledger = openLedger({
    ...engines,
    ...feed,
    streamPrefix: config.streamPrefix,
    timeZone: config.timeZone,
    clock: systemClock,
    limits: DEFAULT_LIMITS,
    patienceMs: config.patienceMs,
    demo: false,
    telemetry: NO_TROUBLE,
    reads,
  });
  if (!(await ledger.services.reader.waitFor(await log.head()))) throw new Error('the seed was not replayed in time');
  const execution = new CompiledExecution(schema);
  const documents = new Map<string, ReturnType<typeof parse>>();
  return {
    ...ledger,
    log,
    async ask(query, variableValues, principal = PRINCIPAL) {
      let document = documents.get(query);
      if (document === undefined) documents.set(query, (document = parse(query)));
      const contextValue = new RequestContext(ledger.services, { principal, correlationId: 'bench' });
      const { data, errors } = await execution.execute({ document, variableValues, contextValue });
      if (errors) throw errors[0]!;
      return data;
    },
    async close() {
      await reads.close();
      await ledger.close();
      folder.remove();
    },
  };
}
