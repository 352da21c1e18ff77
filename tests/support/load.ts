import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StoredEvent } from '../../src/event-store/envelope';
import { EventStore } from '../../src/event-store/event-store';
import { Bell } from '../../src/kernel/async';
import { Answer } from './api';
import { collect } from './events';
import { eventually } from './eventually';

/** Sends a query to a node. Throws if the node cannot be reached. */
export type Ask = (query: string, variables?: object) => Promise<Answer>;

export const YEAR = 2023;
export const LINE = 'L1';
/** A day in the year, before all clocks of the tests. */
export const DAY = '2023-01-01';
const DEPARTMENTS = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8'];
const PAGE = 5;

const PREPARE = `mutation($department: RegisterDepartmentInput!, $budget: ApproveBudgetInput!) {
  registerDepartment(input: $department) { position }
  approveBudget(input: $budget) { position }
}`;
const SPEND = `mutation($input: RecordExpenditureInput!) {
  recordExpenditure(input: $input) { position projected changes { position revision } }
}`;
const QUESTION = `query($department: ID!, $at: Position!) {
  budget(department: $department, fiscalYear: ${YEAR}) {
    executed remaining revision lastChange { position } history(last: 2) { edges { node { position } } }
  }
  asOf(at: { position: $at }) { budget(department: $department, fiscalYear: ${YEAR}) { executed revision } }
  departments(first: 50) { edges { node { code } } }
  changes(after: $at, first: ${PAGE}) { edges { node { position } } }
}`;

interface Asked {
  readonly department: string;
  readonly at: bigint;
  /** The newest write that the node had acknowledged before the query. */
  readonly floor: bigint;
  readonly answer: Answer;
}

/** Registers the departments, and approves a budget of 1,000,000.00 for each. Repeats what was not acknowledged, as a client would do. */
export async function prepareBudgets(ask: Ask): Promise<void> {
  for (const code of DEPARTMENTS) {
    const lines = [{ code: LINE, name: '基本支出', amount: '1000000.00', fundSource: 'GENERAL_PUBLIC_BUDGET' }];
    const department = { code, name: `${code}局`, idempotencyKey: randomUUID() };
    const budget = { department: code, fiscalYear: YEAR, effectiveAt: DAY, lines, idempotencyKey: randomUUID() };
    const prepare = async () => {
      const { errors } = await ask(PREPARE, { department, budget });
      if (errors) throw new Error(JSON.stringify(errors));
      return true;
    };
    await eventually(`the budget of ${code} is approved`, prepare);
  }
}

/**
 * Clients that write and query without a pause while a test harms the stores. Each write has a key, and is repeated until it is
 * acknowledged, as a client would do. At the end, every answer is compared with the log.
 */
export class Load {
  /** What clients received instead of an answer. */
  readonly refusals = new Set<string>();
  private readonly acknowledged = new Map<string, bigint>();
  private readonly asked: Asked[] = [];
  private readonly news = new Bell();
  private readonly clients: Promise<void>[] = [];
  private stopped = false;
  private abandoned = false;
  private failure: Error | undefined;

  static async start(nodes: readonly Ask[], { writers = 3, askers = 2 } = {}): Promise<Load> {
    await prepareBudgets(nodes[0]!);
    const load = new Load();
    const floors = nodes.map(() => 0n);
    for (let client = 0; client < writers; client++) load.run(() => load.writing(nodes, floors, client));
    for (let client = 0; client < askers; client++) load.run(() => load.asking(nodes, floors, client));
    return load;
  }

  /** Resolves when this many more writes are acknowledged. */
  async moreWrites(count: number): Promise<void> {
    const target = this.acknowledged.size + count;
    await this.until(() => this.acknowledged.size >= target);
  }

  /** Resolves when this many more queries have returned, answered or not. */
  async moreAnswers(count: number): Promise<void> {
    const target = this.asked.length + count;
    await this.until(() => this.asked.length >= target);
  }

  /** Resolves when a client has received this. */
  toldOf(refusal: string): Promise<void> {
    this.refusals.delete(refusal);
    return this.until(() => this.refusals.has(refusal));
  }

  /** Ends the clients once their writes are acknowledged, and checks every answer. */
  async finish(log: Pick<EventStore, 'readAll'>): Promise<void> {
    await this.end();
    const allowed = ['UNAVAILABLE', 'READ_MODEL_BEHIND', 'unreachable'];
    expect([...this.refusals].filter((refusal) => !allowed.includes(refusal))).toEqual([]);
    this.judge(await eventually('the log can be read', () => collect(log.readAll(0n))));
  }

  /** Ends the clients at once. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await this.end();
  }

  private async end(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.clients);
    if (this.failure) throw this.failure;
  }

  private run(client: () => Promise<void>): void {
    this.clients.push(
      client().catch((error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
        this.stopped = true;
        this.news.ring();
      }),
    );
  }

  private async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.failure) throw this.failure;
      await this.news.wait();
    }
  }

  private async writing(nodes: readonly Ask[], floors: bigint[], client: number): Promise<void> {
    for (let turn = client; !this.stopped; turn++) {
      const department = DEPARTMENTS[turn % DEPARTMENTS.length]!;
      const amount = `${turn % 7}.${String(1 + (turn % 89)).padStart(2, '0')}`;
      const idempotencyKey = randomUUID();
      const input = { department, fiscalYear: YEAR, line: LINE, amount, effectiveAt: DAY, idempotencyKey };
      await eventually(`${idempotencyKey} is acknowledged`, async () => {
        if (this.abandoned) return true;
        const index = (turn + this.acknowledged.size) % nodes.length;
        const answer = await this.send(nodes[index]!, SPEND, { input });
        if (!answer || answer.errors) return false;
        const position = BigInt(answer.data.recordExpenditure.position);
        this.acknowledged.set(idempotencyKey, position);
        if (position > floors[index]!) floors[index] = position;
        return true;
      });
      this.news.ring();
    }
  }

  private async asking(nodes: readonly Ask[], floors: readonly bigint[], client: number): Promise<void> {
    for (let turn = client; !this.stopped; turn++) {
      const index = turn % nodes.length;
      const floor = floors[index]!;
      const department = DEPARTMENTS[turn % DEPARTMENTS.length]!;
      const positions = [...this.acknowledged.values()];
      const at = positions[Math.floor(Math.random() * positions.length)];
      const answer = at !== undefined && (await this.send(nodes[index]!, QUESTION, { department, at: String(at) }));
      if (at !== undefined && answer) this.asked.push({ department, at, floor, answer });
      this.news.ring();
      // A refusal may come at once; without a pause the retry would be a busy loop.
      if (!answer || answer.errors) await pause(10);
    }
  }

  private async send(ask: Ask, query: string, variables: object): Promise<Answer | undefined> {
    let answer: Answer | undefined;
    try {
      answer = await ask(query, variables);
    } catch {
      this.refusals.add('unreachable');
    }
    for (const { extensions } of answer?.errors ?? []) this.refusals.add(extensions.code);
    this.news.ring();
    return answer;
  }

  private judge(events: readonly StoredEvent[]): void {
    const positionsOf = new Map<string, bigint[]>();
    for (const { type, metadata, position } of events) {
      const key = metadata.idempotencyKey;
      if (key !== undefined && type === 'ExpenditureRecorded')
        positionsOf.set(key, [...(positionsOf.get(key) ?? []), position]);
    }
    const expected = new Map([...this.acknowledged].map(([key, position]) => [key, [position]]));
    expect(positionsOf).toEqual(expected);

    const history = new History(events);
    const wrong = this.asked.flatMap((asked) => history.faultsOf(asked).map((fault) => ({ fault, ...asked })));
    expect(wrong).toEqual([]);
    expect(this.asked.some(({ answer }) => answer.errors === undefined)).toBe(true);
  }
}

/** What the log says about the budgets at each position. */
class History {
  private readonly budgets = new Map<string, { readonly position: bigint; readonly spent: bigint }[]>();
  private readonly positions: readonly bigint[];

  constructor(events: readonly StoredEvent[]) {
    this.positions = events.map(({ position }) => position);
    for (const { stream, position, data } of events) {
      const [, department] = /^mingjian-budget-(.+)\.\d+$/.exec(stream) ?? [];
      if (department === undefined) continue;
      const versions = this.budgets.get(department) ?? [];
      this.budgets.set(department, versions);
      const spent = versions.length === 0 ? 0n : versions.at(-1)!.spent + fen(data.amount as string);
      versions.push({ position, spent });
    }
  }

  /** The parts in which an answer differs from the log. A refused part has no answer. */
  faultsOf({ department, at, floor, answer }: Asked): string[] {
    const refused = new Set(answer.errors?.map(({ path }) => path?.[0]));
    if (refused.has(undefined)) return [];
    const { budget, asOf, departments, changes } = answer.data;
    const versions = this.budgets.get(department)!;
    const faults: string[] = [];
    const check = (part: string, isRight: () => boolean): void => {
      if (!refused.has(part) && !isRight()) faults.push(part);
    };
    check('budget', () => {
      const version = versions[budget.revision - 1]!;
      const newest = versions.slice(0, budget.revision).slice(-2);
      return (
        budget.revision >= countUpTo(versions, floor) &&
        fen(budget.executed) === version.spent &&
        fen(budget.remaining) === 100_000_000n - version.spent &&
        positionsIn(budget.history) === newest.map(({ position }) => position).join() &&
        BigInt(budget.lastChange.position) === version.position
      );
    });
    check('asOf', () => {
      const revision = countUpTo(versions, at);
      return asOf.budget.revision === revision && fen(asOf.budget.executed) === versions[revision - 1]!.spent;
    });
    check('departments', () => departments.edges.map(({ node }: any) => node.code).join() === DEPARTMENTS.join());
    check('changes', () => {
      const following = this.positions.filter((position) => position > at).slice(0, PAGE);
      const known = following.filter((position) => position <= floor).length;
      const { length } = changes.edges;
      return length >= known && positionsIn(changes) === following.slice(0, length).join();
    });
    return faults;
  }
}

const positionsIn = (connection: any): string => connection.edges.map(({ node }: any) => node.position).join();

const countUpTo = (versions: readonly { readonly position: bigint }[], position: bigint): number =>
  versions.filter((version) => version.position <= position).length;

/** 0.01 yuan each. */
export const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''));
