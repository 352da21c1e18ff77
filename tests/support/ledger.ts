import { DocumentNode, execute, ExecutionResult, parse, validate } from 'graphql';
import { join } from 'node:path';
import { schema } from '../../src/app/features';
import { Ledger, openLedger } from '../../src/app/ledger';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { StoredEvent } from '../../src/event-store/envelope';
import { EventStore } from '../../src/event-store/event-store';
import { RequestContext } from '../../src/graphql/context';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { NO_LEASE } from '../../src/projector/lease';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { TemporalStore } from '../../src/read-model/temporal-store';
import { collect } from './events';
import { temporaryFolder } from './temporary-folder';

type Variables = Readonly<Record<string, unknown>>;

/** Read models that are empty. */
export type MakeReadModels = () => Promise<TemporalStore>;

const inMemory: MakeReadModels = () => Promise.resolve(new MemoryTemporalStore());

/** A time that its test moves, forwards and backwards. */
export class MovableClock {
  constructor(private at: number) {}

  now(): number {
    return this.at;
  }

  move(milliseconds: number): void {
    this.at += milliseconds;
  }
}

/** A whole ledger in this process, asked without a network in between. */
export class LocalLedger {
  /** What a test has done to it, for the message of a failure. */
  readonly sent: string[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly log: EventStore,
    private readonly makeReadModels: MakeReadModels,
  ) {}

  async ask(query: string, variables: Variables = {}): Promise<ExecutionResult> {
    return await execute({ schema, ...this.request(documentOf(query), variables) });
  }

  /** What an executor needs to answer a document. */
  request(document: DocumentNode, variableValues: Variables) {
    const contextValue = new RequestContext(
      this.ledger.services,
      { sub: 'u-1', name: '张编辑', roles: ['editor'], departments: 'all' },
      'a-request',
    );
    return { document, contextValue, variableValues };
  }

  /** `ask`, and fails where there are errors. */
  async data(query: string, variables?: Variables): Promise<any> {
    const { data, errors } = await this.ask(query, variables);
    if (errors !== undefined) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
    return data;
  }

  /** Why the projector gave up. */
  get failure(): Error | undefined {
    return this.ledger.failure();
  }

  now(): number {
    return this.ledger.services.now();
  }

  head(): Promise<bigint> {
    return this.log.head();
  }

  events(): Promise<StoredEvent[]> {
    return collect(this.log.readAll(0n));
  }

  /** Another ledger over the same log, its read models built anew. */
  async rebuilt(clock: MovableClock): Promise<LocalLedger> {
    return openOver(this.log, clock, await this.makeReadModels(), this.makeReadModels);
  }

  close(): Promise<void> {
    return this.ledger.close();
  }
}

/** Parsed and validated once for all ledgers. */
const documents = new Map<string, DocumentNode>();

function documentOf(query: string): DocumentNode {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  documents.set(query, document);
  return document;
}

/** Runs with a new ledger on a file of its own, whose store and node go by the same clock. A failure lists the commands. */
export async function withLedger<T>(
  clock: MovableClock,
  use: (ledger: LocalLedger) => Promise<T>,
  makeReadModels: MakeReadModels = inMemory,
): Promise<T> {
  const folder = temporaryFolder();
  const log = openSqliteEventStore({
    path: join(folder.path, 'ledger.db'),
    prefix: 'mingjian-',
    clock: { simulated: clock },
    nodeClock: clock,
  });
  const ledger = openOver(log, clock, await makeReadModels(), makeReadModels);
  try {
    return await use(ledger);
  } catch (error) {
    throw new Error(`The commands were:\n${ledger.sent.join('\n')}`, { cause: ledger.failure ?? error });
  } finally {
    await ledger.close();
    await log.close();
    folder.remove();
  }
}

/** The log, for a ledger that is not the only one over it: it stays open when the ledger is closed. */
export const notClosing = (log: EventStore): EventStore => ({
  append: (stream, events, expected) => log.append(stream, events, expected),
  readStream: (stream, from) => log.readStream(stream, from),
  readAll: (after) => log.readAll(after),
  subscribe: (after, signal) => log.subscribe(after, signal),
  head: () => log.head(),
  forget: () => {
    log.forget();
  },
  close: () => Promise.resolve(),
});

function openOver(
  log: EventStore,
  clock: MovableClock,
  readModels: TemporalStore,
  makeReadModels: MakeReadModels,
): LocalLedger {
  const ledger = openLedger({
    eventStore: notClosing(log),
    readModels,
    projectUnder: NO_LEASE,
    streamPrefix: 'mingjian-',
    timeZone: 'Asia/Shanghai',
    clock,
    limits: DEFAULT_LIMITS,
    patienceMs: 10_000,
    demo: false,
    onTrouble: () => undefined,
  });
  return new LocalLedger(ledger, log, makeReadModels);
}
