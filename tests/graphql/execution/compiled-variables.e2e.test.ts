import fc from 'fast-check';
import { clockOfHistory, historyArbitrary, play } from '../../support/histories/history';
import { withLedger } from '../../support/local-ledger';
import { documentOf, expectSameCompiled } from './compiled';

/** Every value for every variable: compiled operations accept and refuse what graphql-js does, with its errors. */

const QUERIES = [
  'query($v: AsOfInput!) { asOf(at: $v) { position departments(first: 1) { nodes { code } } } }',
  'query($v: AsOfInput) { diff(from: { position: "1" }, to: $v) { nodes { entity } } }',
  'query($v: ChangeFilter) { changes(filter: $v, first: 3) { nodes { id type } position } }',
  'query($v: [ID!]) { changes(filter: { departments: $v }, first: 3) { nodes { id } } }',
  'query($v: ID!) { changes(filter: { departments: [$v] }, first: 3) { nodes { id } } }',
  'query($v: Int) { departments(first: $v) { nodes { code } } }',
  'query($v: Int = 1) { changes(first: $v) { nodes { id } } }',
  'query($v: Int! = 1) { changes(first: $v) { nodes { id } } }',
  'query($v: String) { departments(after: $v) { nodes { code } } }',
  'query($v: Position) { changes(after: $v, first: 2) { nodes { id } } }',
  'query($v: Position) { asOf(at: { position: $v }) { position } }',
  'query($v: Moment) { asOf(at: { effectiveAt: $v }) { position } }',
  'query($v: Moment!) { budgets { nodes { series(from: $v, to: "2023-12-31", step: MONTH) { at } } } }',
  'query($v: MoneyUnit) { budgets { nodes { opening(unit: $v) lines { opening(unit: $v) } } } }',
  'query($v: MoneyUnit! = YI_YUAN) { budgets { nodes { opening(unit: $v) } } }',
  'query($v: [TaskStatus!]) { tasks(status: $v) { nodes { code } } }',
  'query($v: TaskStatus!) { tasks(status: [$v]) { nodes { code } } }',
  'query($v: Boolean!) { ledger @include(if: $v) { head } a: ledger { demo @skip(if: $v) timeZone } }',
  'query($v: Boolean! = true) { ledger @include(if: $v) { head } }',
  'query($v: SeriesStep!) { budgets { nodes { series(from: "2023-01-01", to: "2023-12-31", step: $v) { at } } } }',
  'query($v: ID!) { node(id: $v) { id __typename } department(code: $v) { code } }',
  'query($v: LocalDate) { tasks { nodes { overdue(on: $v) } } }',
];

const VALUES: readonly unknown[] = [
  ...[undefined, null, true, 1, 0, -1, 1.5, 2 ** 31],
  ...['', '0', '1', 'D1', '\ud800', 'YUAN', 'MONTH', '2023-01-01', '2023-02-30', '2023-06-30T00:00:00Z'],
  ...[[], ['D1'], [null], [['D1']], ['PLANNED']],
  ...[{}, { position: '1' }, { position: 1 }, { position: null }, { knownAt: '2023-01-01', position: '1' }],
  ...[{ effectiveAt: '2023-02-30' }, { effectiveAt: '2023-06-30', position: '2' }, { unknown: 1 }],
  ...[{ departments: 'D1' }, { departments: ['D1'], entityTypes: 'BUDGET' }, { entityTypes: ['NOPE'] }],
  ...[{ fiscalYears: 2023 }, { fiscalYears: ['2023'] }, { lateByDays: 3 }],
];

const [history] = fc.sample(historyArbitrary(40), { numRuns: 1, seed: 5 });
const clock = clockOfHistory();

test('compiled operations accept and refuse the same variables as graphql-js', () =>
  withLedger(clock, async (ledger) => {
    await play(history!, ledger, clock);
    expect.hasAssertions();
    for (const query of QUERIES) {
      const document = documentOf(query);
      for (const value of VALUES) {
        const variables = value === undefined ? {} : { v: value };
        // Each combination of values of conditions is compiled separately; other values share a form.
        await expectSameCompiled(ledger, { document, variables }, typeof value === 'boolean' ? 3 : 1);
      }
    }
  }));
