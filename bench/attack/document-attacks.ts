import { ask, Client } from '../soak/client';
import type { Attack } from './attacks';

/** Attacks that are one request: the server should refuse it, or answer it at a bounded cost. */

const MEBIBYTE = 1_048_576;
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const APPROVE = 'mutation($x: ApproveBudgetInput!) { approveBudget(input: $x) { position } }';
const nested = (depth: number): string => `${'{ nodes { blame '.repeat(depth)}{ path }${' } }'.repeat(depth)}`;

const one = (name: string, expected: RegExp, body: object | (() => string)): Attack => ({
  name,
  expected,
  run: (client) => outcomeOf(client, typeof body === 'function' ? body() : body),
});

const REFUSED = /^(400|200) (GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|LIMIT_EXCEEDED|BAD_USER_INPUT)$/;
const BOUNDED = /^(accepted|(400|200) LIMIT_EXCEEDED)$/;

export const documents: readonly Attack[] = [
  one('variables: a list of 400,000 wrong items', REFUSED, () => {
    const lines = `[${Array<string>(400_000).fill('1').join(',')}]`;
    return `{"query":${JSON.stringify(APPROVE)},"variables":{"x":{"department":"D","fiscalYear":2023,"lines":${lines}}}}`;
  }),
  one('lists in lists: the blame of 200 budgets', BOUNDED, {
    query: '{ budgets(first: 200) { nodes { blame { path change { id } } } } }',
  }),
  one('lists in lists: the history of 200 tasks', BOUNDED, {
    query: '{ tasks(first: 200) { nodes { blame { path change { id fields { path before after } } } } } }',
  }),
  one('100 pages of changes in one request', BOUNDED, {
    query: `{ ${times(100, (n) => `c${n}: changes(first: 100) { nodes { id fields { path before after } } }`)} }`,
  }),
  one('a daily series of the longest kind, 20 times', BOUNDED, {
    query: `{ budget(department: "D", fiscalYear: ${new Date().getFullYear()}) { ${times(20, (n) => `s${n}: series(from: "${new Date().getFullYear() - 2}-06-01", to: "${new Date().getFullYear()}-01-01", step: DAY, clock: KNOWN) { at revised executed }`)} } }`,
  }),
  one('1,000 aliases', REFUSED, { query: `{ ${times(1_000, (n) => `a${n}: __typename`)} }` }),
  one('1,000 aliases of a list', REFUSED, {
    query: `{ ${times(1_000, (n) => `a${n}: tasks(first: 200) { nodes { code } }`)} }`,
  }),
  one('10,000 directives', REFUSED, { query: `{ __typename ${'@skip(if: false) '.repeat(10_000)} }` }),
  one('one field 600 times', /./, { query: `{ ${'ledger { demo } '.repeat(600)} }` }),
  one('depth 200', REFUSED, { query: `{ budgets ${nested(100)} }` }),
  one('circular fragments', REFUSED, {
    query: '{ ...A } fragment A on Query { ledger { demo } ...B } fragment B on Query { ...A }',
  }),
  one('fragments that grow to the power of 2', REFUSED, {
    query: `{ ...F0 } ${times(30, (n) => `fragment F${n} on Query { a: ledger { demo } ...F${n + 1} b: ledger { demo } ...F${n + 1} }`)} fragment F30 on Query { ledger { demo } }`,
  }),
  one('a name of 90,000 letters', REFUSED, { query: `{ ${'a'.repeat(90_000)} }` }),
  one('a body of 2 MB', /^413/, () => JSON.stringify({ query: `{ ledger { demo } } #${'x'.repeat(2 * MEBIBYTE)}` })),
  one(
    'brackets nested 500,000 times',
    REFUSED,
    () => `{"query":"{ ledger { demo } }","variables":{"x":${'['.repeat(500_000)}${']'.repeat(500_000)}}}`,
  ),
];

/** `accepted`, or status and first code. */
async function outcomeOf(client: Client, body: object | string): Promise<string> {
  const { status, codes } = await ask(client, body, AbortSignal.timeout(30_000));
  return codes.length === 0 && status === 200 ? 'accepted' : `${status} ${codes[0] ?? ''}`.trim();
}
