import { BudgetCommand } from '../../../src/features/budgets/commands';
import { budgetDecider } from '../../../src/features/budgets/decider';
import { BudgetRecord } from '../../../src/features/budgets/record';
import { DatedFact } from '../../support/specification';
import { approval, approved, closed, corrected, fen, given, line, recordOf, spent, supplemented } from './history';

/** D1.2023 is left, and D1.2024 is entered. */

const carry = (lines: readonly (readonly [string, string, string])[], toFiscalYear = 2024): BudgetCommand => ({
  department: 'D1',
  fiscalYear: 2023,
  kind: 'carryOver',
  toFiscalYear,
  lines: lines.map(([from, amount, toLine]) => ({ line: from, amount: fen(amount), toLine })),
});
const correctCarryOver = (amount: string, of = 'event-2', more: object = {}): BudgetCommand => ({
  department: 'D1',
  fiscalYear: 2023,
  kind: 'correct',
  change: of,
  amount: fen(amount),
  ...more,
});
const carriedOut = (lines: readonly (readonly [string, string, string])[]): DatedFact => ({
  type: 'BudgetCarriedOut',
  data: { toFiscalYear: 2024, lines: lines.map(([from, amount, toLine]) => ({ line: from, amount, toLine })) },
  on: '2024-01-01',
});
const carriedIn = (lines: readonly (readonly [string, string, string])[]): DatedFact => ({
  type: 'BudgetCarriedIn',
  data: {
    carryOut: 'event-2',
    fromFiscalYear: 2023,
    lines: lines.map(([fromLine, amount, to]) => ({ line: to, amount, fromLine })),
  },
  on: '2024-01-01',
});

const NEXT = {
  ...approval({}),
  fiscalYear: 2024,
  lines: [
    { ...line('N'), amount: '10.00' },
    { ...line('J'), vintage: 'CARRIED_OVER', amount: '0.00' },
  ],
};
const approvedNext: DatedFact = { type: 'BudgetApproved', data: NEXT, on: '2024-01-01' };
const entered = (...facts: DatedFact[]) => ({ others: { 'D1.2024': recordOf(approvedNext, ...facts) } });
const LEFT = [approved(), closed()];

describe('a carry-over', () => {
  test('holds all that the carry-in is made from', () => {
    given(...LEFT)
      .when(
        carry([
          ['L1', '40', 'J'],
          ['L2', '50', 'L2'],
        ]),
        entered(),
      )
      .then('BudgetCarriedOut', {
        toFiscalYear: 2024,
        lines: [
          { line: 'L1', amount: '40.00', toLine: 'J', newLine: undefined },
          { line: 'L2', amount: '50.00', toLine: 'L2', newLine: { ...line('L2'), vintage: 'CARRIED_OVER' } },
        ],
      });
  });

  test('needs a budget to leave, a budget to enter, and the line', () => {
    given()
      .when(carry([['L1', '1', 'J']]), entered())
      .thenRefused({ kind: 'NOT_FOUND' });
    given(...LEFT)
      .when(carry([['L1', '1', 'J']]))
      .thenRefused({ kind: 'NOT_FOUND', message: 'There is no budget D1.2024' });
    given(...LEFT)
      .when(carry([['L9', '1', 'J']]), entered())
      .thenRefused({ kind: 'NOT_FOUND', message: 'The budget has no line L9' });
  });

  test('leaves a closed year, and enters one that is not closed', () => {
    given(approved())
      .when(carry([['L1', '1', 'J']]), entered())
      .thenRefused({ rule: 'BUDGET_NOT_CLOSED' });
    given(...LEFT)
      .when(carry([['L1', '1', 'J']]), entered(closed('2024-12-31')))
      .thenRefused({ rule: 'BUDGET_CLOSED' });
  });

  test('enters a line for money of the years before, of the same source', () => {
    given(...LEFT)
      .when(carry([['L1', '1', 'N']]), entered())
      .thenRefused({ rule: 'KIND_MISMATCH' });
  });

  test('is at most what the line has left, less what was carried out before', () => {
    const history = [...LEFT, carriedOut([['L1', '60.00', 'J']])];
    given(...history)
      .when(carry([['L1', '40.01', 'J']]), entered())
      .thenRefused({ rule: 'CARRY_OVER_EXCEEDED', remaining: '40.00', asked: '40.01' });
    given(...history)
      .when(carry([['L1', '40', 'J']]), entered())
      .then('BudgetCarriedOut', { toFiscalYear: 2024, lines: [{ line: 'L1', amount: '40.00', toLine: 'J' }] });
  });

  test('moves no figure of the year left but what is carried out', () => {
    const before = recordOf(...LEFT);
    const after = recordOf(...LEFT, carriedOut([['L1', '60.00', 'J']]));
    expect(after.totals).toEqual({ ...before.totals, carriedOut: fen('60') });
  });
});

describe('a correction of a carry-out', () => {
  const history = [...LEFT, carriedOut([['L1', '60.00', 'J']])];
  const taken = carriedIn([['L1', '60.00', 'J']]);

  test('is judged on what the year left has', () => {
    given(...history)
      .when(correctCarryOver('100.01'), entered(taken))
      .thenRefused({ rule: 'CARRY_OVER_EXCEEDED', remaining: '40.00', asked: '40.01' });
    given(...history)
      .when(correctCarryOver('100'), entered(taken))
      .then('BudgetFactCorrected', { corrects: 'event-2', line: 'L1', amount: '100.00' });
  });

  test('may take less back than a correction of the year left has made excessive', () => {
    given(
      approved(),
      closed(),
      carriedOut([['L1', '60.00', 'J']]),
      corrected('event-0', { line: 'L1', amount: '10.00' }),
    )
      .when(correctCarryOver('50'), entered(taken))
      .then('BudgetFactCorrected', { corrects: 'event-2', line: 'L1', amount: '50.00' });
  });

  test('is judged on what the year entered has spent, also if that is closed', () => {
    const year = entered(taken, spent('J', '20.00', '2024-03-01'), closed('2024-12-31'));
    given(...history)
      .when(correctCarryOver('19.99'), year)
      .thenRefused({ rule: 'BUDGET_EXCEEDED', remaining: '40.00', asked: '40.01' });
    given(...history)
      .when(correctCarryOver('20'), year)
      .then('BudgetFactCorrected', { corrects: 'event-2', line: 'L1', amount: '20.00' });
  });

  test('names the line if the change has several', () => {
    const several = [
      ...LEFT,
      carriedOut([
        ['L1', '1.00', 'J'],
        ['L2', '1.00', 'L2'],
      ]),
    ];
    given(...several)
      .when(correctCarryOver('1'), entered())
      .thenRefused({
        kind: 'BAD_USER_INPUT',
        violations: [{ path: '/input/line', message: 'is required: the carry-over has several amounts' }],
      });
    given(...several)
      .when(correctCarryOver('2', 'event-2', { line: 'L2' }), entered())
      .then('BudgetFactCorrected', { corrects: 'event-2', line: 'L2', amount: '2.00' });
  });

  test('of a carry-in is refused, with or without a line', () => {
    const year = [
      approved(),
      carriedIn([
        ['L1', '1.00', 'L1'],
        ['L2', '1.00', 'L2'],
      ]),
    ];
    given(...year)
      .when(correctCarryOver('1', 'event-1'))
      .thenRefused({ rule: 'NOT_CORRECTABLE' });
    given(...year)
      .when(correctCarryOver('1', 'event-1', { line: 'L1' }))
      .thenRefused({ rule: 'NOT_CORRECTABLE' });
  });
});

describe('a carry-in', () => {
  test('is recorded whatever the year entered has become', () => {
    const added = { ...line('L1'), vintage: 'CARRIED_OVER', name: '另一名称' };
    const fact: DatedFact = {
      type: 'BudgetCarriedIn',
      data: {
        carryOut: 'event-2',
        fromFiscalYear: 2023,
        lines: [{ line: 'N', amount: '5.00', fromLine: 'L1', newLine: { ...added, code: 'N' } }],
      },
      on: '2024-01-01',
    };
    const record: BudgetRecord = recordOf(
      approvedNext,
      supplemented('N', '1.00', '2024-02-01'),
      closed('2024-12-31'),
      fact,
    );
    expect(record.lines.get('N')).toMatchObject({
      definition: line('N'),
      totals: { opening: fen('10'), adjustment: fen('6') },
    });
  });
});

describe('what has to follow', () => {
  const { followUps } = budgetDecider;

  test('is due from the year left, and made in the year entered', () => {
    const left = recordOf(
      ...LEFT,
      carriedOut([['L1', '60.00', 'J']]),
      corrected('event-2', { line: 'L1', amount: '50.00' }),
    );
    expect(followUps!.due(left)).toEqual([
      { changeId: 'event-2', revision: 2n, code: 'D1.2024' },
      { changeId: 'event-3', revision: 3n, code: 'D1.2024' },
    ]);
    const year = recordOf(approvedNext, carriedIn([['L1', '60.00', 'J']]));
    expect(followUps!.made(year, 'event-2')).toBe(101n);
    expect(followUps!.made(year, 'event-3')).toBeUndefined();
    expect(followUps!.due(year)).toEqual([]);
  });

  test('is nothing after other changes', () => {
    const record = recordOf(...LEFT);
    for (const type of ['BudgetSupplemented', 'BudgetClosed', 'ExpenditureRecorded'])
      expect(followUps!.of(record, { id: 'x', type, data: {} })).toBeUndefined();
    const correction = { corrects: 'event-0', line: 'L1', amount: '1.00' };
    expect(followUps!.of(record, { id: 'x', type: 'BudgetFactCorrected', data: correction })).toBeUndefined();
  });
});
