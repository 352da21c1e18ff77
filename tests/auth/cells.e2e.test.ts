import { ROLES, ROLES_THAT_READ_ALL } from '../../src/auth/principal';
import {
  ACTION_NAMES,
  ActionName,
  DEFAULT_RIGHTS,
  ON_PROPOSALS,
  RIGHTS_FOR,
  WritingRight,
} from '../../src/auth/rights';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { BEGINNINGS, INPUTS } from '../support/every-mutation';
import { feedClient, TRANSPORTS } from '../support/feed-client';
import { IMPORT_ENTRIES } from '../support/import-entries';
import { ENTRIES_WITH_DETAILS, entriesThatShow, PAYMENT, READING_ENTRIES } from './reading-entries';

/**
 * Each cell of the table: every role, in its own department and in another one, with every action through every entry that writes,
 * and through every entry that reads. What is allowed to write is refused for its revision, so nothing is recorded.
 */

const onEnd = cleanUps();
let api: TestApi;
let head: bigint;

/** The fact of each kind that can be corrected, by the right that records it. */
const facts = new Map<WritingRight, object>();

const YEAR = { department: 'D1', fiscalYear: 2022 };
const TAKES_A = { ...YEAR, line: 'A', amount: '1', effectiveAt: '2022-06-01', reason: '测试' };
const LINES = ['A', 'B'].map((code) => ({ code, name: code, fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '9' }));
const FACTS: readonly (readonly [WritingRight, ActionName, object])[] = [
  ['approveBudget', 'approveBudget', { ...YEAR, lines: LINES }],
  ['supplementBudget', 'supplementBudget', TAKES_A],
  ['reduceBudget', 'reduceBudget', TAKES_A],
  ['transferBudget', 'transferBudget', { ...YEAR, fromLine: 'A', toLine: 'B', amount: '1' }],
  [
    'recordExpenditure',
    'recordExpenditures',
    { ...YEAR, items: [{ line: 'A', amount: PAYMENT.amount, effectiveAt: PAYMENT.day, documentNo: PAYMENT.voucher }] },
  ],
  ['recordRefund', 'recordRefund', TAKES_A],
];

const changeOf = async (mutation: string, input: object): Promise<string> =>
  (await api.write(mutation, input)).changes[0].eventId;

beforeAll(async () => {
  const fourEyes = [{ action: 'supplementBudget', closedOnly: false, threshold: 1_000_00n }];
  api = await startApi({ now: '2023-06-30T02:00:00.000Z', fourEyes });
  // Every reader of the ledger sees the templates, so there is none.
  const beginnings = BEGINNINGS.filter((mutation) => mutation !== 'publishScoringTemplate');
  for (const mutation of beginnings) await api.write(mutation, INPUTS[mutation]!);
  for (const [right, mutation, input] of FACTS) {
    facts.set(right, { ...YEAR, line: 'A', change: await changeOf(mutation, input) });
  }
  await api.write('closeBudget', YEAR);
  const lines = [{ line: 'B', amount: '1' }];
  const carried = { ...YEAR, toFiscalYear: 2023, lines, idempotencyKey: 'carry', effectiveAt: '2023-01-01' };
  facts.set('carryOverBudget', { ...YEAR, line: 'B', change: await changeOf('carryOverBudget', carried) });
  await api.write('supplementBudget', { ...INPUTS.supplementBudget, amount: '1000' });
  head = await api.eventStore.head();
});
afterAll(() => api.close());
afterEach(async () => {
  expect(await api.eventStore.head()).toBe(head);
});

/** A decision needs the right to the command of its proposal: tests/features/proposals. */
const ACTIONS = ACTION_NAMES.filter((action) => !ON_PROPOSALS.some((decision) => decision === action));

const OWN = { which: 'its own department', departments: ['D1'] };
const CELLS = ROLES.flatMap((role) => [
  { role, ...OWN },
  { role, which: 'a department of another', departments: ['D2'] },
]);

/** What the table says about an action that needs one of these rights. */
const expected = (rights: readonly WritingRight[], { role, departments }: (typeof CELLS)[number]): string =>
  departments.includes('D1') && rights.some((right) => DEFAULT_RIGHTS[right].includes(role)) ? 'CONFLICT' : 'FORBIDDEN';

const expectedOfAll = (cell: (typeof CELLS)[number]) =>
  Object.fromEntries(ACTIONS.map((action) => [action, expected(RIGHTS_FOR[action], cell)]));

const tokenOf = ({ role, departments }: (typeof CELLS)[number]) =>
  api.token({ sub: `u-${role}`, roles: [role], departments, readDepartments: '*' });

interface Asked {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const asking = (action: string, input: object, dryRun = false): Asked => ({
  query: `mutation($input: ${action[0]!.toUpperCase()}${action.slice(1)}Input!, $dryRun: Boolean!) {
    ${action}(input: $input, dryRun: $dryRun) { position }
  }`,
  variables: { input: { ...input, expectedRevision: 99 }, dryRun },
});

const codeIn = ({ errors }: { readonly errors?: readonly any[] }): string => errors?.[0].extensions.code;

/** How each action is answered. */
async function answersOf(send: (asked: Asked) => Promise<string>, dryRun = false): Promise<Record<string, string>> {
  const answers = ACTIONS.map(async (action) => [action, await send(asking(action, INPUTS[action]!, dryRun))]);
  return Object.fromEntries(await Promise.all(answers)) as Record<string, string>;
}

test.each(CELLS)('$role in $which, recorded and as a dry run', async (cell) => {
  const token = await tokenOf(cell);
  const send = async ({ query, variables }: Asked) => codeIn(await api.ask(query, variables, token));
  expect(await answersOf(send)).toEqual(expectedOfAll(cell));
  expect(await answersOf(send, true)).toEqual(expectedOfAll(cell));
});

test.each(TRANSPORTS)('every role over %s', async (transport) => {
  for (const cell of CELLS) {
    const client = feedClient(transport, { url: api.url, token: await tokenOf(cell) });
    onEnd(() => {
      client.dispose();
    });
    const send = async (asked: Asked) => codeIn((await client.ask(asked).next()).value);
    expect(await answersOf(send)).toEqual(expectedOfAll(cell));
  }
});

test.each(IMPORT_ENTRIES)('every role over %s', async (_entry, imported) => {
  const payments = { department: 'D1', fiscalYear: 2023, rows: [['记-2', '0.01']], dryRun: true } as const;
  for (const cell of CELLS) {
    const text = await imported({ api, token: await tokenOf(cell) }, payments);
    const isAllowed = expected(['recordExpenditure'], cell) !== 'FORBIDDEN';
    expect([cell.role, text.includes('DRY_RUN')]).toEqual([cell.role, isAllowed]);
    if (!isAllowed) expect(text).toMatch(/没有权限|The roles of the token/);
  }
});

test.each(CELLS)('$role corrects in $which what it may record, and nothing else', async (cell) => {
  const token = await tokenOf(cell);
  for (const [right, fact] of facts) {
    const { query, variables } = asking('correctBudgetFact', { ...fact, amount: '2' });
    const code = codeIn(await api.ask(query, variables, token));
    expect([right, code]).toEqual([right, expected([right], cell)]);
  }
});

test('the corrections are of every kind of fact that the policy names', () => {
  expect([...facts.keys()].sort()).toEqual([...RIGHTS_FOR.correctBudgetFact].sort());
});

test('whoever has several roles has the rights of all of them', async () => {
  const token = await api.token({ roles: ['editor', 'finance'], departments: ['D1'], readDepartments: '*' });
  const answers = await answersOf(async ({ query, variables }) => codeIn(await api.ask(query, variables, token)));
  const [editor, finance] = (['editor', 'finance'] as const).map((role) => expectedOfAll({ role, ...OWN }));
  const either = (action: ActionName) => (editor![action] === 'CONFLICT' ? 'CONFLICT' : finance![action]);
  expect(answers).toEqual(Object.fromEntries(ACTIONS.map((action) => [action, either(action)])));
});

describe('reading', () => {
  const ENTRIES = Object.keys(READING_ENTRIES);
  const NAMED = [
    { which: 'its own department', departments: ['D1'] },
    { which: 'a prefix of it', departments: ['D*'] },
    { which: 'a department of another', departments: ['D2'] },
    { which: 'an empty list', departments: [] },
    { which: 'no departments', departments: null },
  ];
  const READING_CELLS = ROLES.flatMap((role) => NAMED.map((named) => ({ role, ...named })));

  const shownTo = async (role: string, departments: readonly string[] | null) => {
    const ofBudget = 'id history { nodes { id } }';
    const { budget, ...lists } = await api.data(`{
      budget(department: "D1", fiscalYear: 2023) { ${ofBudget} }
      departments { nodes { id } } tasks { nodes { id } } indicators { nodes { id } } evaluations { nodes { id } } proposals { nodes { id } }
    }`);
    const nodes = [budget, ...budget.history.nodes, ...Object.values<any>(lists).flatMap((list) => list.nodes)];
    const token = await api.token({ sub: `u-${role}`, roles: [role], departments });
    return entriesThatShow({ api, token, ids: nodes.map(({ id }: { id: string }) => id) });
  };

  const reads = ({ role, departments }: (typeof READING_CELLS)[number]): boolean =>
    DEFAULT_RIGHTS.readFigures.includes(role) &&
    (departments === null
      ? ROLES_THAT_READ_ALL.includes(role)
      : departments.some((code) => code.startsWith('D') && code !== 'D2'));

  test.each(READING_CELLS)('$role, whose token names $which', async (cell) => {
    const isShown = (entry: string): boolean =>
      reads(cell) &&
      (DEFAULT_RIGHTS.readDetails.some((role) => role === cell.role) || !ENTRIES_WITH_DETAILS.includes(entry));
    expect(await shownTo(cell.role, cell.departments)).toEqual(ENTRIES.filter(isShown));
  });

  test('whoever has no role of this ledger reads nothing', async () => {
    expect(await shownTo('gardener', ['*'])).toEqual([]);
  });
});
