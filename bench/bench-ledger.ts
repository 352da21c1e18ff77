import { execute, parse } from 'graphql';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { schema } from '../src/app/features';
import { Ledger, openLedger } from '../src/app/ledger';
import { Principal } from '../src/auth/principal';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../src/event-store/event-store';
import { RequestContext } from '../src/graphql/context';
import { DEFAULT_LIMITS } from '../src/graphql/limits';
import { systemClock } from '../src/kernel/time';
import { ALONE } from '../src/projector/lease';
import { MemoryTemporalStore } from '../src/read-model/adapters/memory';

const PRINCIPAL: Principal = { sub: 'bench', roles: ['editor'], departments: 'all' };

export interface BenchLedger extends Ledger {
  readonly log: EventStore;
  /** Runs an operation in process, and fails where it has errors. */
  ask(query: string, variables?: Record<string, unknown>): Promise<any>;
}

/** A ledger in a folder of its own, seeded before it is opened, so that opening it replays the seed. */
export async function benchLedger(seed: (log: EventStore) => Promise<void>): Promise<BenchLedger> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mingjian-bench-'));
  const file = { path: path.join(folder, 'ledger.db'), prefix: 'mingjian-' };
  const log = openSqliteEventStore(file);
  await seed(log);
  const ledger = openLedger({
    eventStore: log,
    readModels: new MemoryTemporalStore(),
    projectUnder: ALONE,
    streamPrefix: 'mingjian-',
    timeZone: 'Asia/Shanghai',
    clock: systemClock,
    limits: DEFAULT_LIMITS,
    patienceMs: 60_000,
    demo: false,
    onTrouble: (error) => {
      throw error;
    },
  });
  await ledger.services.reader.waitFor(await log.head());
  const documents = new Map<string, ReturnType<typeof parse>>();
  return {
    ...ledger,
    log,
    async ask(query, variableValues) {
      let document = documents.get(query);
      if (document === undefined) documents.set(query, (document = parse(query)));
      const contextValue = new RequestContext(ledger.services, PRINCIPAL, 'bench');
      const { data, errors } = await execute({ schema, document, variableValues, contextValue });
      if (errors) throw errors[0]!;
      return data;
    },
    async close() {
      await ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
