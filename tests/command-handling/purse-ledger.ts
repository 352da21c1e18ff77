import { join } from 'node:path';
import { CommandHandler } from '../../src/command-handling/command-handler';
import { CommandRequest, CommandOutcome } from '../../src/command-handling/command-request';
import { DecisionContext, Decider } from '../../src/command-handling/decider';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { StoredEvent } from '../../src/event-store/envelope';
import { EventStore } from '../../src/event-store/event-store';
import { EventTypes } from '../../src/event-store/event-types';
import { testStreams } from '../support/streams';
import { EntityName } from '../../src/kernel/codes';
import { CorruptLedger } from '../../src/kernel/outage';
import { conflict, notFound, ok, Refusal, Result, ruleViolation } from '../../src/kernel/refusal';
import { LedgerCalendar } from '../../src/kernel/time';
import { TestClock } from '../support/clock';
import { aMetadata, anEvent, collect } from '../support/events';
import { TemporaryFolder, temporaryFolder } from '../support/temporary-folder';

/** The smallest entity for testing a command handler: a purse of at most 30 coins, which belongs to a department. */
export interface Purse {
  readonly department: string;
  readonly coins: number;
}
export type Command =
  | { readonly kind: 'open'; readonly department: string }
  /** One event per number. */
  | { readonly kind: 'add'; readonly coins: readonly number[] };
export type Request = CommandRequest<Purse, Command>;

export const FULL = 30;
export const NOW = '2023-06-30T04:00:00.000Z';
export const P1: EntityName = { entityType: 'TASK', code: 'P1' };
export const P2: EntityName = { entityType: 'TASK', code: 'P2' };
export const calendar = new LedgerCalendar('Asia/Shanghai');

const types: EventTypes = {
  PurseOpened: { personal: [], upcasters: [] },
  CoinsAdded: { personal: [], upcasters: [(data) => data] },
};

export const purses: Decider<Purse, Command> = {
  entityType: 'TASK',
  evolve(purse, { type, data }) {
    if (type === 'PurseOpened') return { department: data.department as string, coins: 0 };
    if (purse === undefined) throw new CorruptLedger('A purse has to be opened');
    return { ...purse, coins: purse.coins + (data.coins as number) };
  },
  departmentOf: (purse, command) => (command.kind === 'open' ? command.department : purse?.department),
  references: (command) => (command.kind === 'open' ? [{ entityType: 'DEPARTMENT', code: command.department }] : []),
  decide(purse, command, context) {
    if (command.kind === 'open') {
      if (purse !== undefined) return conflict('The purse is there');
      const { department } = command;
      const exists = context.exists({ entityType: 'DEPARTMENT', code: department });
      return exists ? ok([{ type: 'PurseOpened', data: { department } }]) : notFound('There is no such department');
    }
    if (purse === undefined) return notFound('There is no such purse');
    const sum = command.coins.reduce((total, coins) => total + coins, purse.coins);
    if (sum > FULL) return ruleViolation('BUDGET_EXCEEDED', 'The purse is full');
    return ok(command.coins.map((coins) => ({ type: 'CoinsAdded', data: { coins } })));
  },
};

/** A real log that has the department D1, and command handlers on it. A test can set what happens on the way to the log. */
export class PurseLedger {
  readonly contexts: DecisionContext[] = [];
  onAppend: (stream: string) => Promise<void> | void = nothing;
  onAppended: () => void = nothing;
  onRead: (stream: string, from: bigint) => void = nothing;
  appends = 0;
  readonly clock = new TestClock(NOW);
  readonly handler: CommandHandler;

  private constructor(
    readonly store: EventStore,
    private readonly folder: TemporaryFolder,
  ) {
    this.handler = this.newHandler();
  }

  static async open(): Promise<PurseLedger> {
    const folder = temporaryFolder();
    const store = openSqliteEventStore({ path: join(folder.path, 'ledger.db'), prefix: 'mingjian-' });
    const ledger = new PurseLedger(store, folder);
    await ledger.register('D1');
    return ledger;
  }

  async close(): Promise<void> {
    await this.store.close();
    this.folder.remove();
  }

  /** A handler with an empty cache, as in another process. */
  newHandler(cachedEntities?: number): CommandHandler {
    const { store } = this;
    const log: EventStore = {
      append: async (stream, events, expected) => {
        this.appends++;
        await this.onAppend(stream);
        const result = await store.append(stream, events, expected);
        this.onAppended();
        return result;
      },
      readStream: (stream, from = 0n) => {
        this.onRead(stream, from);
        return store.readStream(stream, from);
      },
      readAll: (after) => store.readAll(after),
      subscribe: (after, signal) => store.subscribe(after, signal),
      head: () => store.head(),
      requireWritable: () => store.requireWritable(),
      forget: () => {
        store.forget();
      },
      close: () => store.close(),
    };
    return new CommandHandler({
      log,
      streams: testStreams,
      types,
      calendar,
      now: () => this.clock.now(),
      cachedEntities,
      homeOf: ({ code }, { data }) => (data.department as string | undefined) ?? code,
    });
  }

  request(command: Command, parts: Partial<Request> = {}): Request {
    const decider: typeof purses = {
      ...purses,
      decide: (purse, asked, context) => {
        this.contexts.push(context);
        return purses.decide(purse, asked, context);
      },
    };
    return {
      decider,
      entity: P1,
      command,
      action: command.kind,
      input: command,
      actor: { sub: 'u-1', name: '张编辑' },
      correlationId: 'request-1',
      authorize: () => undefined,
      sees: () => true,
      ...parts,
    };
  }

  openPurse(parts?: Partial<Request>, by = this.handler): Promise<Result<CommandOutcome>> {
    return this.recorded(this.request({ kind: 'open', department: 'D1' }, parts), by);
  }

  add(coins: number | readonly number[], parts?: Partial<Request>, by = this.handler): Promise<Result<CommandOutcome>> {
    return this.recorded(this.request({ kind: 'add', coins: typeof coins === 'number' ? [coins] : coins }, parts), by);
  }

  /** Executes a command that needs no second person. */
  async recorded(request: Request, by = this.handler): Promise<Result<CommandOutcome>> {
    const result = await by.execute(request);
    if (result.ok && 'held' in result.value) throw new Error('It waits for a second person');
    return result as Result<CommandOutcome>;
  }

  async register(department: string): Promise<void> {
    await this.store.append(
      `mingjian-department-${department}`,
      [anEvent({ type: 'DepartmentRegistered' })],
      'no-stream',
    );
  }

  /** Adds coins as if another program had written the event. */
  async addBehindTheBack(coins: number, revision: bigint, idempotencyKey?: string): Promise<void> {
    const metadata = aMetadata({ schemaVersion: 2, idempotencyKey });
    const event = anEvent({ type: 'CoinsAdded', data: { coins }, metadata });
    await this.store.append('mingjian-task-P1', [event], revision);
  }

  events({ code }: EntityName = P1): Promise<StoredEvent[]> {
    return collect(this.store.readStream(`mingjian-task-${code}`));
  }

  async coins(entity?: EntityName): Promise<number> {
    let purse: Purse | undefined;
    for (const event of await this.events(entity)) purse = purses.evolve(purse, event);
    return purse?.coins ?? 0;
  }
}

function nothing(): void {
  // Happens until something else is set.
}

export function done(result: Result<CommandOutcome>): CommandOutcome {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

export const refusal = (result: Result<unknown>): Refusal | undefined => (result.ok ? undefined : result.refusal);

/** Happens only the first time. */
export function once(happen: () => Promise<unknown>): () => Promise<void> {
  let first = true;
  return async () => {
    if (!first) return;
    first = false;
    await happen();
  };
}
