import fc from 'fast-check';
import { clockOfHistory, historyArbitrary, play } from '../../support/histories/history';
import { LocalLedger, withLedger } from '../../support/local-ledger';
import { documentOf, expectSameCompiled, Question } from './compiled';

/** Documents for which a compiled form could answer differently from graphql-js. */

const [history] = fc.sample(historyArbitrary(40), { numRuns: 1, seed: 5 });
const clock = clockOfHistory();
const GLOBAL = globalThis as { ran?: boolean };

const onLedger = (use: (ledger: LocalLedger) => Promise<void>): Promise<void> =>
  withLedger(clock, async (ledger) => {
    await play(history!, ledger, clock);
    await use(ledger);
  });

interface Case extends Omit<Question, 'document'> {
  readonly query: string;
}

const CARD = `query($full: Boolean!) { budgets(first: 1) { nodes { ...Card @skip(if: $full) ...Full @include(if: $full) } } }
  fragment Card on Budget { ...Money }
  fragment Full on Budget { fiscalYear ...Money }
  fragment Money on Budget { revised executed }`;
const TWICE = `query($o: Boolean!) { a: department(code: "D1") { code ...f @include(if: $o) } b: department(code: "D1") { ...f } }
  fragment f on Department { name }`;
const TWO = 'query One { ledger { head } } query Two($o: Boolean!) { ledger { demo @include(if: $o) timeZone } }';

const CASES: readonly (readonly [string, Case])[] = [
  ['a fragment under a condition and without', { query: TWICE, variables: { o: false } }],
  ['a fragment under a condition that holds', { query: TWICE, variables: { o: true } }],
  ['a fragment within two fragments, one of them skipped', { query: CARD, variables: { full: false } }],
  ['a fragment within two fragments, the other skipped', { query: CARD, variables: { full: true } }],
  ['one of two operations', { query: TWO, operationName: 'One' }],
  ['the other of two operations', { query: TWO, operationName: 'Two', variables: { o: true } }],
  ['an operation that does not exist', { query: TWO, operationName: 'Three' }],
  ['an operation that is not named', { query: TWO }],
  [
    'everything skipped',
    { query: '{ ledger { head @skip(if: true) } budgets { nodes { ... @skip(if: true) { id } } } }' },
  ],
  [
    'a condition that is null',
    { query: 'query($o: Boolean = true) { ledger { head @skip(if: $o) } }', variables: { o: null } },
  ],
  [
    'a null condition if nothing is selected',
    { query: 'query($o: Boolean = true) { department(code: "none") { code @skip(if: $o) } }', variables: { o: null } },
  ],
  [
    'variables that are named like properties',
    {
      query:
        'query($constructor: ID!, $__proto__: Int, $toString: Boolean = false) { department(code: $constructor) { code @skip(if: $toString) } departments(first: $__proto__) { nodes { code } } }',
      variables: { constructor: 'D1' },
    },
  ],
  [
    'a required variable with a default',
    { query: 'query($n: Int! = 1) { departments(first: $n) { nodes { code } } }' },
  ],
  [
    'a position in the text',
    { query: '{ asOf(at: { position: "3" }) { position } changes(after: "2", first: 2) { nodes { id } } }' },
  ],
  [
    'a variable within a value in the text',
    { query: 'query($p: Position) { asOf(at: { position: $p }) { position } }', variables: { p: '2' } },
  ],
  [
    'an error below a list',
    { query: '{ budgets { nodes { id series(from: "x", to: "2023-12-31", step: MONTH) { at } } } }' },
  ],
  [
    'an error of one root field',
    {
      query:
        '{ x: asOf(at: { position: "x" }) { position } ...F } fragment F on Query { x: asOf(at: { position: "x" }) { departments { nodes { code } } } }',
    },
  ],
  [
    'errors of several fields',
    {
      query:
        '{ b: node(id: "x") { id } a: node(id: "y") { id } asOf(at: {}) { budget(department: "D1", fiscalYear: -1) { id } } }',
    },
  ],
  [
    'a text that graphql-jit would run as code',
    { query: '{ department(code: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.ran=true") { code } }' },
  ],
  [
    'a text that graphql-jit would treat as a number',
    { query: '{ department(code: "__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8") { code } }' },
  ],
];

/** graphql-js answers these: the names, or an error. */
const NOT_COMPILED = /null|there is not|not named|error/;

test('compiled documents give the answers of graphql-js', () =>
  onLedger(async (ledger) => {
    for (const [name, { query, ...rest }] of CASES) {
      const answered = await expectSameCompiled(ledger, { document: documentOf(query), ...rest });
      expect([name, answered > 0]).toEqual([name, !NOT_COMPILED.test(name)]);
    }
    expect(GLOBAL.ran).toBeUndefined();
  }));
