import { ask, askWithoutErrors, Client } from './client';
import { Tally } from './tally';

/** The department, tasks, indicators and the budget of the soak, and what is written and read there. */

const YEAR = new Date().getFullYear();
const TASKS = 40;
const INDICATORS = 40;
const LINES = 20;

const mutation = (name: string, input: object) => ({
  query: `mutation($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { position projected } }`,
  variables: { input },
});

/** Resolves to the position of the last write, and the number of events up to it. */
export async function seed(editor: Client): Promise<{ readonly position: string; readonly events: number }> {
  const inputs = [
    mutation('registerDepartment', { code: 'D', name: '政务服务数据管理局' }),
    mutation('approveBudget', {
      ...{ department: 'D', fiscalYear: YEAR, goals: ['一网通办'] },
      lines: range(LINES).map((n) => ({
        ...{ code: `L${n}`, name: `项目 ${n}`, fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '900000000.00' },
      })),
    }),
    ...range(TASKS).map((n) =>
      mutation('planTask', { code: `T${n}`, department: 'D', fiscalYear: YEAR, title: `任务 ${n}` }),
    ),
    ...range(INDICATORS).map((n) =>
      mutation('defineIndicator', {
        ...{ code: `I${n}`, department: 'D', fiscalYear: YEAR, name: `热线接通率 ${n}`, target: '98', unit: '%' },
        ...{ level1: 'OUTPUT', level2: 'QUALITY', direction: 'AT_LEAST', points: '2' },
      }),
    ),
  ];
  let position = '0';
  for (const input of inputs) {
    const [payload] = Object.values<{ readonly position: string }>(await askWithoutErrors(editor, input));
    position = payload!.position;
  }
  return { position, events: inputs.length };
}

const WRITES = [
  (n: number) =>
    mutation('reportTaskProgress', {
      code: `T${n % TASKS}`,
      progress: ((n % 99) + 0.5).toFixed(2),
      reason: '月度填报',
    }),
  (n: number) =>
    mutation('recordExpenditure', {
      ...{ department: 'D', fiscalYear: YEAR, line: `L${n % LINES}`, amount: `${100 + (n % 900)}.00`, payee: '某公司' },
    }),
  (n: number) =>
    mutation('recordObservation', { code: `I${n % INDICATORS}`, observedOn: `${YEAR}-01-01`, value: `${n % 100}` }),
];

const TASK = 'code title status progress revision';
const READS = [
  (n: number) => ({ query: `{ task(code: "T${n % TASKS}") { ${TASK} } }` }),
  (n: number, at: string) => ({
    query: `{ asOf(at: { position: "${at}" }) { task(code: "T${n % TASKS}") { ${TASK} } } }`,
  }),
  () => ({ query: '{ indicators(department: "D", first: 50) { nodes { code name target latest { value } } } }' }),
  () => ({
    query: `{ budget(department: "D", fiscalYear: ${YEAR}) { revised executed executionRate lines { code executed } } }`,
  }),
  (_: number, at: string) => ({
    query: `{ changes(after: "${at}", first: 50) { nodes { position type entity fields { path after } } } }`,
  }),
  (n: number, at: string) => ({
    query: `{ diff(from: { position: "${at}" }, filter: { entities: ["T${n % TASKS}"] }, first: 10) { nodes { entity fields { path before after } } } }`,
  }),
  () => ({ query: '{ ledger { head projected lagEvents } }' }),
];

/** A read whose document is like no other one. */
export const aliasedRead = (n: number): string => `{ read${n}: task(code: "T${n % TASKS}") { ${TASK} } }`;

/** The server closed the connection while the request was on its way, and has not read the request: it may be repeated (RFC 9110, 15.5.9). */
const REQUEST_TIMEOUT = 408;

/** The load of editors and readers. Each call makes one request, and expects an answer without errors. */
export class LedgerLoad {
  private calls = 0;
  /** A position of some while ago. */
  private recent: string;
  newest: string;

  constructor(
    private readonly editor: Client,
    private readonly auditor: Client,
    private readonly tally: Tally,
    start: string,
  ) {
    this.recent = start;
    this.newest = start;
  }

  async write(): Promise<void> {
    const n = this.calls++;
    const data = await this.try('write', this.editor, WRITES[n % WRITES.length]!(n));
    if (data === undefined) return;
    const [{ position, projected }] = Object.values<any>(data) as [{ position: string; projected: boolean }];
    if (!projected) this.tally.unexpected('write', 'the read models are behind');
    if (BigInt(position) > BigInt(this.newest)) this.newest = position;
    if (n % 50 === 0) this.recent = position;
  }

  async read(): Promise<void> {
    const n = this.calls++;
    await this.try('read', this.auditor, READS[n % READS.length]!(n, this.recent));
  }

  private async try(what: string, client: Client, body: object): Promise<object | undefined> {
    try {
      let answer = await ask(client, body);
      if (answer.status === REQUEST_TIMEOUT) {
        this.tally.count('repeat');
        answer = await ask(client, body);
      }
      const { status, data, codes } = answer;
      if (status !== 200 || codes.length > 0)
        throw new Error(`${status} ${codes.join(', ')} for ${JSON.stringify(body)}`);
      this.tally.count(what);
      return data as object;
    } catch (error) {
      this.tally.unexpected(what, error);
      return undefined;
    }
  }
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
