import { schema, streamNames } from '../../src/app/features';
import { DepartmentScope } from '../../src/auth/department-scope';
import { Principal } from '../../src/auth/principal';
import { RequestContext } from '../../src/graphql/context';
import { errorFormatter } from '../../src/graphql/errors';
import { CompiledExecution } from '../../src/graphql/execution/compiled-execution';
import { guardsOf } from '../../src/graphql/execution/guards';
import { MeteredExecution } from '../../src/graphql/execution/metered-execution';
import { EVERY_KIND } from '../../src/graphql/execution/operation-kinds';
import { Operations } from '../../src/graphql/transports/operations';
import { Reply } from '../../src/graphql/transports/reply';
import { OngoingOperation } from '../../src/http/ongoing-operation';
import { ClosableIterator } from '../../src/kernel/async';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { NO_TELEMETRY } from '../../src/kernel/telemetry';
import { BenchLedger, benchLedger } from '../bench-ledger';
import { heapInUse } from '../heap';
import { cpuMsOf } from '../measure';
import * as seed from '../seed';
import { along, Axis, lastOf, Point } from './axis';

const SIZES = [1, 10, 100, 1_000, 5_000];
const CHANGES = 100;
/** What fewer of them take is lost in what else changes. */
const ENOUGH_TO_WEIGH = 100;
const SECONDS = 60;
const FOREVER_MS = 3_600_000;
const DELIVERED = 'a change delivered to one reader, without its socket';
const QUERY =
  'subscription { changes { __typename ... on Change { id position type entity fields { path before after } } ... on FeedMark { kind } } }';
const PRINCIPAL: Principal = {
  sub: 'bench',
  roles: ['auditor'],
  departments: DepartmentScope.ALL,
  readDepartments: DepartmentScope.ALL,
};

/** Readers of all changes, who select the same. */
export async function readers(): Promise<Axis> {
  const measured = await along(SIZES, SECONDS, async (size) => [await pointAt(size)]);
  const { micros, bytes = 0 } = lastOf(measured.points, DELIVERED);
  const nextLimit = `One core makes ${Math.floor(1e6 / micros).toLocaleString('en')} deliveries a second, the writes to the sockets aside. 50,000 readers take ${((50_000 * bytes) / 2 ** 20).toFixed(0)} MiB, their sockets aside.`;
  return { of: 'readers of the feed', ...measured, nextLimit };
}

async function pointAt(size: number): Promise<Point> {
  const quota = { perNode: size + 1, perPrincipal: size + 1 };
  const ledger = await benchLedger(
    async (log) => {
      await seed.department(log, 'D');
      await seed.task(log, 'D', 'T', 1);
    },
    { readModels: 'sqlite', feed: { readerLimits: quota, progressMs: FOREVER_MS } },
  );
  const operations = operationsOf();
  // The first one causes costs that happen only once.
  await (await caughtUp(ledger, operations)).return();
  const before = heapInUse();
  const all = await Promise.all(Array.from({ length: size }, () => caughtUp(ledger, operations)));
  const bytes = size < ENOUGH_TO_WEIGH ? undefined : (heapInUse() - before) / size;
  const stream = streamNames().streamOf({ entityType: 'TASK', code: 'T' });
  const ms = await cpuMsOf(async () => {
    const taken = Promise.all(all.map((reader) => take(reader, CHANGES)));
    await ledger.log.append(stream, Array.from({ length: CHANGES }, seed.report), 'any');
    await taken;
  });
  await Promise.all(all.map((reader) => reader.return()));
  await ledger.close();
  return { operation: DELIVERED, size, micros: (ms * 1_000) / (CHANGES * size), bytes };
}

function operationsOf(): Operations {
  const limits = DEFAULT_LIMITS;
  return new Operations({
    schema,
    execution: new MeteredExecution(schema, new CompiledExecution(schema, NO_TELEMETRY)),
    guard: guardsOf(schema, limits, { telemetry: NO_TELEMETRY }).judge,
    format: errorFormatter({ error: () => undefined }),
  });
}

/** A reader who has all that is recorded. */
async function caughtUp({ services }: BenchLedger, operations: Operations): Promise<ClosableIterator<Reply>> {
  const caller = { principal: PRINCIPAL, correlationId: 'bench' };
  const replies = await operations.run(
    { query: QUERY, principal: PRINCIPAL, kinds: EVERY_KIND },
    new RequestContext(services, caller),
    new OngoingOperation(NO_TELEMETRY, 'websocket', 'bench'),
  );
  if (!(Symbol.asyncIterator in replies)) throw new Error(replies.text);
  await take(replies, 1);
  return replies;
}

async function take(replies: ClosableIterator<Reply>, count: number): Promise<void> {
  for (let taken = 0; taken < count; taken++) {
    const step = await replies.next();
    if (step.done) throw new Error('the feed has ended');
  }
}
