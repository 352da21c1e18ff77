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
  /** Whether the compiled form answers: graphql-js answers if an operation is missing or a field is an error. */
  readonly compiled: boolean;
}

const CARD = `query($full: Boolean!) { budgets(first: 1) { nodes { ...Card @skip(if: $full) ...Full @include(if: $full) } } }
  fragment Card on Budget { ...Money }
  fragment Full on Budget { fiscalYear ...Money }
  fragment Money on Budget { revised executed }`;
const TWICE = `query($o: Boolean!) { a: department(code: "D1") { code ...f @include(if: $o) } b: department(code: "D1") { ...f } }
  fragment f on Department { name }`;
const TWO = 'query One { ledger { head } } query Two($o: Boolean!) { ledger { demo @include(if: $o) timeZone } }';

const CASES: readonly (readonly [string, Case])[] = [
  ['a fragment under a condition and without', { query: TWICE, variables: { o: false }, compiled: true }],
  ['a fragment under a condition that holds', { query: TWICE, variables: { o: true }, compiled: true }],
  ['a fragment within two fragments, one of them skipped', { query: CARD, variables: { full: false }, compiled: true }],
  ['a fragment within two fragments, the other skipped', { query: CARD, variables: { full: true }, compiled: true }],
  ['one of two operations', { query: TWO, operationName: 'One', compiled: true }],
  ['the other of two operations', { query: TWO, operationName: 'Two', variables: { o: true }, compiled: true }],
  ['an operation that does not exist', { query: TWO, operationName: 'Three', compiled: false }],
  ['an operation that is not named', { query: TWO, compiled: false }],
  [
    'everything skipped',
    { query: '{ ledger { head @skip(if: true) } budgets { nodes { ... @skip(if: true) { id } } } }', compiled: true },
  ],
  [
    'a condition that is null',
    { query: 'query($o: Boolean = true) { ledger { head @skip(if: $o) } }', variables: { o: null }, compiled: false },
  ],
  [
    'a null condition if nothing is selected',
    {
      query: 'query($o: Boolean = true) { department(code: "none") { code @skip(if: $o) } }',
      variables: { o: null },
      compiled: false,
    },
  ],
  [
    'variables that are named like properties',
    {
      query:
        'query($constructor: ID!, $__proto__: Int, $toString: Boolean = false) { department(code: $constructor) { code @skip(if: $toString) } departments(first: $__proto__) { nodes { code } } }',
      variables: { constructor: 'D1' },
      compiled: true,
    },
  ],
  [
    'a required variable with a default',
    { query: 'query($n: Int! = 1) { departments(first: $n) { nodes { code } } }', compiled: true },
  ],
  [
    'a position in the text',
    {
      query: '{ asOf(at: { position: "3" }) { position } changes(after: "2", first: 2) { nodes { id } } }',
      compiled: true,
    },
  ],
  [
    'a variable within a value in the text',
    { query: 'query($p: Position) { asOf(at: { position: $p }) { position } }', variables: { p: '2' }, compiled: true },
  ],
  [
    'an error below a list',
    { query: '{ budgets { nodes { id series(from: "x", to: "2023-12-31", step: MONTH) { at } } } }', compiled: false },
  ],
  [
    'an error of one root field',
    {
      query:
        '{ x: asOf(at: { position: "x" }) { position } ...F } fragment F on Query { x: asOf(at: { position: "x" }) { departments { nodes { code } } } }',
      compiled: false,
    },
  ],
  [
    'errors of several fields',
    {
      query:
        '{ b: node(id: "x") { id } a: node(id: "y") { id } asOf(at: {}) { budget(department: "D1", fiscalYear: -1) { id } } }',
      compiled: false,
    },
  ],
  [
    'a text that graphql-jit would run as code',
    {
      query: '{ department(code: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.ran=true") { code } }',
      compiled: true,
    },
  ],
  [
    'a text that graphql-jit would treat as a number',
    { query: '{ department(code: "__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8") { code } }', compiled: true },
  ],
];

test('compiled documents give the answers of graphql-js', () =>
  onLedger(async (ledger) => {
    for (const [name, { query, compiled, ...rest }] of CASES) {
      const answered = await expectSameCompiled(ledger, { document: documentOf(query), ...rest });
      expect([name, answered > 0]).toEqual([name, compiled]);
    }
    expect(GLOBAL.ran).toBeUndefined();
  }));
