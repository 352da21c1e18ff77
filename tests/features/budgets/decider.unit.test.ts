import { BudgetCommand } from '../../../src/features/budgets/commands';
import { budgetDecider } from '../../../src/features/budgets/decider';
import { BudgetRule } from '../../../src/features/budgets/rules';
import { DatedFact } from '../../support/specification';
import {
  approval,
  approved,
  closed,
  command,
  corrected,
  fen,
  given,
  line,
  lineAdded,
  overran,
  recordOf,
  reduced,
  refunded,
  reversed,
  spent,
  supplemented,
  transferred,
} from './history';

const { approve, supplement, addLine, reduce, transfer, spend, refund, reverse, correct, close } = command;

const notFound = (message: string) => ({ kind: 'NOT_FOUND', message }) as const;
const broken = (rule: BudgetRule) => ({ kind: 'RULE_VIOLATION', rule }) as const;
const NOTHING_OF_THAT_NAME = 'The budget has no change ';

describe('approving', () => {
  test('records the whole approval; an opening amount may be 0', () => {
    const lines = { L1: '100.00', L2: '0.00' };
    given().when(approve(lines)).then('BudgetApproved', approval(lines));
  });

  test('happens once', () => {
    given(approved())
      .when(approve({ L1: '1.00' }))
      .thenRefused({ kind: 'CONFLICT' });
  });

  test('needs the department', () => {
    given()
      .when(approve({ L1: '1.00' }), { existing: [] })
      .thenRefused(notFound('There is no department D1'));
  });

  test('of a budget that exists already is refused before its references are checked', () => {
    given(approved())
      .when(approve({ L1: '1.00' }), { existing: [] })
      .thenRefused({ kind: 'CONFLICT' });
  });

  test('is the only command that refers to another entity', () => {
    expect(budgetDecider.references(approve({}))).toEqual([{ entityType: 'DEPARTMENT', code: 'D1' }]);
    expect(budgetDecider.references(close)).toEqual([]);
  });
});

test('a command writes to the department of its budget, even if the budget does not exist', () => {
  expect(budgetDecider.departmentOf(undefined, close)).toBe('D1');
  expect(budgetDecider.departmentOf(recordOf(approved()), approve({}))).toBe('D1');
});

test.each<[string, BudgetCommand]>([
  ['supplement', supplement('L1', '1')],
  ['reduce', reduce('L1', '1')],
  ['transfer', transfer('L1', 'L2', '1')],
  ['spend', spend('L1', '1')],
  ['refund', refund('L1', '1')],
  ['reverse', reverse('event-1')],
  ['correct', correct('event-1', { amount: '1' })],
  ['close', close],
])('%s needs a budget', (_what, asked) => {
  given().when(asked).thenRefused(notFound('There is no budget D1.2023'));
});

test.each<[string, BudgetCommand]>([
  ['supplement', supplement('L9', '1')],
  ['reduce', reduce('L9', '1')],
  ['transfer from', transfer('L9', 'L1', '1')],
  ['transfer to', transfer('L1', 'L9', '1')],
  ['spend', spend('L9', '1')],
  ['refund', refund('L9', '1')],
])('%s needs the line, and is refused without it before any rule', (_what, asked) => {
  given(approved()).when(asked).thenRefused(notFound('The budget has no line L9'));
  given(approved(), closed()).when(asked, { on: '1999-01-01' }).thenRefused(notFound('The budget has no line L9'));
});

describe('a closed budget', () => {
  test.each<[string, BudgetCommand]>([
    ['supplement', supplement('L1', '1')],
    ['a new line', addLine('L3', '1')],
    ['reduction', reduce('L1', '1')],
    ['transfer', transfer('L1', 'L2', '1')],
    ['expenditure', spend('L1', '1')],
    ['refund', refund('L1', '1')],
    ['second closing', close],
  ])('takes no %s', (_what, asked) => {
    given(approved(), closed()).when(asked).thenRefused(broken('BUDGET_CLOSED'));
  });

  test('is closed from its recording on, whenever the closing takes effect', () => {
    given(approved(), closed('2024-03-31')).when(spend('L1', '1')).thenRefused(broken('BUDGET_CLOSED'));
  });

  test('takes corrections and reversals', () => {
    const history = [approved(), spent('L1', '30.00'), closed()];
    given(...history)
      .when(correct('event-1', { amount: '20' }))
      .then('BudgetFactCorrected', { corrects: 'event-1', amount: '20.00' });
    given(...history)
      .when(reverse('event-1'))
      .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '30.00' });
  });

  test('is recorded as closed', () => {
    given(approved()).when(close).then('BudgetClosed', {});
  });
});

describe('a supplement', () => {
  test('raises a line', () => {
    given(approved()).when(supplement('L1', '12.5')).then('BudgetSupplemented', { line: 'L1', amount: '12.50' });
  });

  test('adds a line', () => {
    given(approved())
      .when(addLine('L3', '8'))
      .then('BudgetSupplemented', { line: 'L3', amount: '8.00', newLine: line('L3') });
  });

  test('cannot add a line that exists, and is refused for that before any rule', () => {
    given(approved()).when(addLine('L1', '8')).thenRefused({ kind: 'CONFLICT' });
    given(approved(), lineAdded('L3', '1.00'), closed()).when(addLine('L3', '8')).thenRefused({ kind: 'CONFLICT' });
  });
});

describe('a reduction', () => {
  test('lowers a line, down to nothing', () => {
    given(approved()).when(reduce('L1', '100')).then('BudgetReduced', { line: 'L1', amount: '100.00' });
  });

  test('takes no more than the line has, whatever the others have', () => {
    given(approved()).when(reduce('L2', '50.01')).thenRefused(broken('BUDGET_EXCEEDED'));
  });

  test('leaves what is executed, to the fen', () => {
    const history = [approved(), spent('L1', '40.00')];
    given(...history)
      .when(reduce('L1', '60'))
      .then('BudgetReduced', { line: 'L1', amount: '60.00' });
    given(...history)
      .when(reduce('L1', '60.01'))
      .thenRefused(broken('BUDGET_EXCEEDED'));
  });
});

describe('a transfer', () => {
  test('is one event with both lines', () => {
    given(approved())
      .when(transfer('L1', 'L2', '100'))
      .then('BudgetTransferred', { fromLine: 'L1', toLine: 'L2', amount: '100.00' });
  });

  test('takes no more than the line has, though the budget as a whole stays the same', () => {
    given(approved())
      .when(transfer('L1', 'L2', '100.01'))
      .thenRefused(broken('BUDGET_EXCEEDED'));
    given(approved(), spent('L1', '40.00'))
      .when(transfer('L1', 'L2', '60.01'))
      .thenRefused(broken('BUDGET_EXCEEDED'));
  });
});

describe('an expenditure', () => {
  test('is recorded with its payee and memo', () => {
    given(approved())
      .when({
        kind: 'spend',
        department: 'D1',
        fiscalYear: 2023,
        line: 'L1',
        amount: fen('9.9'),
        payee: '甲公司',
        memo: '首付',
      })
      .then('ExpenditureRecorded', { line: 'L1', amount: '9.90', payee: '甲公司', memo: '首付' });
  });

  test.each<[string, readonly DatedFact[], string]>([
    ['its opening', [approved()], '100.00'],
    ['a supplement', [approved(), supplemented('L1', '20.00')], '120.00'],
    ['a reduction', [approved(), reduced('L1', '20.00')], '80.00'],
    ['a transfer to it', [approved(), transferred('L2', 'L1', '20.00')], '120.00'],
    ['a transfer from it', [approved(), transferred('L1', 'L2', '20.00')], '80.00'],
    ['earlier expenditures', [approved(), spent('L1', '20.00'), spent('L1', '30.00')], '50.00'],
    ['a reversal', [approved(), spent('L1', '70.00'), reversed('event-1', 'L1', '70.00')], '100.00'],
    ['a corrected opening', [approved(), corrected('event-0', { line: 'L1', amount: '90.00' })], '90.00'],
    ['a refund', [approved(), spent('L1', '70.00'), refunded('L1', '20.00')], '50.00'],
    ['a refund beyond what was spent', [approved(), refunded('L1', '20.00')], '120.00'],
    ['a withdrawn expenditure', [approved(), spent('L1', '70.00'), corrected('event-1', { amount: '0.00' })], '100.00'],
    ['a line added later', [approved({ L2: '1.00' }), lineAdded('L1', '7.00')], '7.00'],
  ])('takes what its line has by %s, to the fen, and no more', (_what, history, amount) => {
    given(...history)
      .when(spend('L1', amount))
      .then('ExpenditureRecorded', { line: 'L1', amount });
    const more = (Number(amount) + 0.01).toFixed(2);
    given(...history)
      .when(spend('L1', more))
      .thenRefused(broken('BUDGET_EXCEEDED'));
  });

  test('is judged on the record, whatever is in force on its day', () => {
    const history = [approved({ L1: '10.00' }, '2023-12-01'), supplemented('L1', '20.00', '2025-01-01')];
    given(...history)
      .when(spend('L1', '30'), { on: '2023-01-01' })
      .then('ExpenditureRecorded', { line: 'L1', amount: '30.00' });
    given(...history, spent('L1', '30.00', '2023-12-31'))
      .when(spend('L1', '0.01'), { on: '2023-01-01' })
      .thenRefused(broken('BUDGET_EXCEEDED'));
  });

  test.each([
    ['2022-12-31T15:59:59.999Z', false],
    ['2022-12-31T16:00:00.000Z', true],
    ['2023-01-01', true],
    ['2023-12-31', true],
    ['2023-12-31T15:59:59.999Z', true],
    ['2023-12-31T16:00:00.000Z', false],
    ['2024-01-01', false],
  ])('is effective within the fiscal year: %s is %s', (on, within) => {
    const asked = given(approved()).when(spend('L1', '1'), { on });
    if (within) asked.then('ExpenditureRecorded', { line: 'L1', amount: '1.00' });
    else asked.thenRefused(broken('OUTSIDE_FISCAL_YEAR'));
  });

  test('is refused with what the line has left and what it would take', () => {
    given(approved(), spent('L1', '40.00'))
      .when(spend('L1', '60.01'))
      .thenRefused({ ...broken('BUDGET_EXCEEDED'), remaining: '60.00', asked: '60.01' });
  });
});

describe('an overrun', () => {
  const overspent = [approved(), overran('L1', '120.00')];

  test('is an expenditure beyond its line that says so and has a reason', () => {
    given(approved())
      .when(spend('L1', '120', { overrun: true }), { reason: '按合同据实结算' })
      .then('ExpenditureRecorded', { line: 'L1', amount: '120.00', overrun: true });
  });

  test.each([
    ['says nothing', undefined, '按合同据实结算', 'it would have more executed than it has'],
    ['says that it is none', false, '按合同据实结算', 'it would have more executed than it has'],
    ['has no reason', true, undefined, 'an overrun takes a reason'],
    ['has a blank reason', true, ' \u3000', 'an overrun takes a reason'],
  ])('is refused if it %s', (_what, overrun, reason, message) => {
    given(approved())
      .when(spend('L1', '120', { overrun }), { reason })
      .thenRefused({
        ...broken('BUDGET_EXCEEDED'),
        message: `Line L1: ${message}`,
        remaining: '100.00',
        asked: '120.00',
      });
  });

  test('is none if the line has the money: no reason is needed, and nothing says overrun', () => {
    given(approved())
      .when(spend('L1', '100', { overrun: true }))
      .then('ExpenditureRecorded', { line: 'L1', amount: '100.00' });
  });

  test('may follow another', () => {
    given(...overspent)
      .when(spend('L1', '1'))
      .thenRefused({ ...broken('BUDGET_EXCEEDED'), remaining: '-20.00', asked: '1.00' });
    given(...overspent)
      .when(spend('L1', '1', { overrun: true }), { reason: '按合同据实结算' })
      .then('ExpenditureRecorded', { line: 'L1', amount: '1.00', overrun: true });
  });

  test.each<[string, BudgetCommand]>([
    ['reduced', reduce('L1', '0.01')],
    ['the giving line of a transfer', transfer('L1', 'L2', '0.01')],
  ])('keeps its line from being %s', (_what, asked) => {
    given(...overspent)
      .when(asked, { reason: '财政批复' })
      .thenRefused({ ...broken('BUDGET_EXCEEDED'), remaining: '-20.00', asked: '0.01' });
  });

  test('may be covered in part: by a supplement, a transfer, a refund or a reversal', () => {
    given(...overspent)
      .when(supplement('L1', '5'))
      .then('BudgetSupplemented', { line: 'L1', amount: '5.00' });
    given(...overspent)
      .when(transfer('L2', 'L1', '5'))
      .then('BudgetTransferred', { fromLine: 'L2', toLine: 'L1', amount: '5.00' });
    given(...overspent)
      .when(refund('L1', '5'))
      .then('RefundRecorded', { line: 'L1', amount: '5.00' });
    given(...overspent)
      .when(reverse('event-1', '5'))
      .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '5.00' });
  });

  describe('by a correction', () => {
    const history = [approved(), spent('L1', '80.00')];

    test('takes overrun and a reason too', () => {
      given(...history)
        .when(correct('event-1', { amount: '120', overrun: true }), { reason: '按合同据实结算' })
        .then('BudgetFactCorrected', { corrects: 'event-1', amount: '120.00', overrun: true });
      given(...history)
        .when(correct('event-1', { amount: '120', overrun: true }))
        .thenRefused({ ...broken('BUDGET_EXCEEDED'), remaining: '20.00', asked: '40.00' });
      given(...history)
        .when(correct('event-1', { amount: '120' }), { reason: '按合同据实结算' })
        .thenRefused(broken('BUDGET_EXCEEDED'));
    });

    test('may come from the opening, from a reversal or from a refund', () => {
      const overrun = { overrun: true };
      const reason = '按合同据实结算';
      given(...history)
        .when(correct('event-0', { line: 'L1', amount: '70', ...overrun }), { reason })
        .then('BudgetFactCorrected', { corrects: 'event-0', line: 'L1', amount: '70.00', ...overrun });
      for (const back of [reversed('event-1', 'L1', '30.00'), refunded('L1', '30.00')]) {
        given(...history, back, spent('L1', '50.00'))
          .when(correct('event-2', { amount: '0', ...overrun }), { reason })
          .then('BudgetFactCorrected', { corrects: 'event-2', amount: '0.00', ...overrun });
      }
    });

    test('is judged only if it takes more: a lower amount or another date needs no overrun', () => {
      given(...overspent)
        .when(correct('event-1', { to: '2023-06-02' }))
        .then('BudgetFactCorrected', { corrects: 'event-1', effectiveAt: '2023-06-01T16:00:00.000Z' });
      given(...overspent)
        .when(correct('event-1', { amount: '110' }))
        .then('BudgetFactCorrected', { corrects: 'event-1', amount: '110.00', overrun: true });
      given(...overspent)
        .when(correct('event-1', { amount: '100' }))
        .then('BudgetFactCorrected', { corrects: 'event-1', amount: '100.00' });
    });

    test('says overrun of no fact that it withdraws, and of none that was no overrun before', () => {
      const stillBeyond = [...overspent, spent('L1', '5.00'), overran('L1', '150.00')];
      given(...stillBeyond)
        .when(correct('event-1', { amount: '0' }))
        .then('BudgetFactCorrected', { corrects: 'event-1', amount: '0.00' });
      given(...stillBeyond)
        .when(correct('event-2', { amount: '4' }))
        .then('BudgetFactCorrected', { corrects: 'event-2', amount: '4.00' });
    });
  });
});

describe('a refund', () => {
  test('is recorded with its payer and memo', () => {
    given(approved(), spent('L1', '30.00'))
      .when({ ...refund('L1', '9.9'), payer: '甲公司', memo: '质保金退回' } as BudgetCommand)
      .then('RefundRecorded', { line: 'L1', amount: '9.90', payer: '甲公司', memo: '质保金退回' });
  });

  test.each([
    ['2022-12-31T15:59:59.999Z', false],
    ['2022-12-31T16:00:00.000Z', true],
    ['2023-12-31T15:59:59.999Z', true],
    ['2023-12-31T16:00:00.000Z', false],
  ])('is effective within the fiscal year, corrected too: %s is %s', (on, within) => {
    const history = [approved(), spent('L1', '5.00'), refunded('L1', '2.00')];
    const recorded = given(...history).when(refund('L1', '1'), { on });
    const restated = given(...history).when(correct('event-2', { to: on }));
    if (within) {
      recorded.then('RefundRecorded', { line: 'L1', amount: '1.00' });
      restated.then('BudgetFactCorrected', { corrects: 'event-2', effectiveAt: on });
    } else {
      recorded.thenRefused(broken('OUTSIDE_FISCAL_YEAR'));
      restated.thenRefused(broken('OUTSIDE_FISCAL_YEAR'));
    }
  });

  test('takes what is executed to 0, and below 0 only with a reason', () => {
    const history = [approved(), spent('L1', '30.00'), spent('L2', '50.00')];
    given(...history)
      .when(refund('L1', '30'))
      .then('RefundRecorded', { line: 'L1', amount: '30.00' });
    for (const reason of [undefined, '', ' \u3000']) {
      given(...history)
        .when(refund('L1', '30.01'), { reason })
        .thenRefused(broken('REFUND_NEEDS_REASON'));
    }
    given(...history)
      .when(refund('L1', '30.01'), { reason: '上年款项退回' })
      .then('RefundRecorded', { line: 'L1', amount: '30.01' });
  });

  test.each<[string, BudgetCommand, string, object]>([
    [
      'reversal',
      reverse('event-1', '10.01'),
      'ExpenditureReversed',
      { expenditure: 'event-1', line: 'L1', amount: '10.01' },
    ],
    [
      'correction of an expenditure',
      correct('event-1', { amount: '19.99' }),
      'BudgetFactCorrected',
      { corrects: 'event-1', amount: '19.99' },
    ],
    [
      'correction of a refund',
      correct('event-2', { amount: '30.01' }),
      'BudgetFactCorrected',
      { corrects: 'event-2', amount: '30.01' },
    ],
  ])('leaves less than 0 executed together with a %s, which takes a reason then', (_what, asked, type, data) => {
    const history = [approved(), spent('L1', '30.00'), refunded('L1', '20.00')];
    given(...history)
      .when(asked)
      .thenRefused(broken('REFUND_NEEDS_REASON'));
    given(...history)
      .when(asked, { reason: '上年款项退回' })
      .then(type, data);
  });

  test('that has left less than 0 executed needs no reason from an expenditure or a correction of the budget', () => {
    const history = [approved(), refunded('L1', '20.00')];
    given(...history)
      .when(spend('L1', '1'))
      .then('ExpenditureRecorded', { line: 'L1', amount: '1.00' });
    given(...history)
      .when(correct('event-0', { line: 'L1', amount: '90' }))
      .then('BudgetFactCorrected', { corrects: 'event-0', line: 'L1', amount: '90.00' });
  });

  test('can be corrected and withdrawn, but not reversed', () => {
    const history = [approved(), spent('L1', '30.00'), refunded('L1', '20.00'), closed()];
    for (const amount of ['25.00', '0.00']) {
      given(...history)
        .when(correct('event-2', { amount }))
        .then('BudgetFactCorrected', { corrects: 'event-2', amount });
    }
    given(...history)
      .when(reverse('event-2'))
      .thenRefused(broken('NOT_REVERSIBLE'));
  });

  test('that is corrected takes money that has to be there', () => {
    given(approved(), spent('L1', '100.00'), refunded('L1', '20.00'), spent('L1', '15.00'))
      .when(correct('event-2', { amount: '14.99' }))
      .thenRefused({ ...broken('BUDGET_EXCEEDED'), remaining: '5.00', asked: '5.01' });
  });
});

test.each<[string, readonly DatedFact[], BudgetCommand, string, object]>([
  ['an approval', [], approve({ L1: '1.00' }), 'BudgetApproved', approval({ L1: '1.00' })],
  ['a supplement', [approved()], supplement('L1', '1'), 'BudgetSupplemented', { line: 'L1', amount: '1.00' }],
  ['a reduction', [approved()], reduce('L1', '1'), 'BudgetReduced', { line: 'L1', amount: '1.00' }],
  [
    'a transfer',
    [approved()],
    transfer('L1', 'L2', '1'),
    'BudgetTransferred',
    { fromLine: 'L1', toLine: 'L2', amount: '1.00' },
  ],
  ['a closing', [approved()], close, 'BudgetClosed', {}],
])('the fiscal year does not bind %s', (_what, history, asked, type, data) => {
  for (const on of ['1999-12-31', '2022-12-31', '2024-01-01', '2031-01-01']) {
    given(...history)
      .when(asked, { on })
      .then(type, data);
  }
});

describe('a reversal', () => {
  test('takes back the whole amount that the expenditure has on record when it is reversed', () => {
    given(approved(), spent('L1', '30.00'))
      .when(reverse('event-1'))
      .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '30.00' });
    given(approved(), spent('L1', '30.00'), corrected('event-1', { amount: '45.50' }))
      .when(reverse('event-1'))
      .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '45.50' });
  });

  test('takes back a part, and all that is left after other reversals', () => {
    const history = [approved(), spent('L1', '30.00'), reversed('event-1', 'L1', '10.00')];
    given(...history)
      .when(reverse('event-1', '19.99'))
      .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '19.99' });
    given(...history)
      .when(reverse('event-1'))
      .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '20.00' });
  });

  test('takes back no more than is left, to the fen', () => {
    given(approved(), spent('L1', '30.00'), reversed('event-1', 'L1', '10.00'))
      .when(reverse('event-1', '20.01'))
      .thenRefused({ ...broken('REVERSAL_EXCEEDED'), remaining: '20.00', asked: '20.01' });
  });

  test('is refused if nothing is left, whatever is in force and whatever the amount', () => {
    for (const asked of [reverse('event-1'), reverse('event-1', '1'), reverse('event-1', '40')]) {
      given(
        approved(),
        spent('L1', '30.00'),
        reversed('event-1', 'L1', '12.00', '2024-06-01'),
        reversed('event-1', 'L1', '18.00'),
      )
        .when(asked)
        .thenRefused(broken('EXPENDITURE_REVERSED'));
    }
  });

  test('is possible again after a reversal was lowered or withdrawn', () => {
    const history = [approved(), spent('L1', '30.00'), reversed('event-1', 'L1', '30.00')];
    for (const [amount, left] of [
      ['25.00', '5.00'],
      ['0.00', '30.00'],
    ] as const) {
      given(...history, corrected('event-2', { amount }))
        .when(reverse('event-1'))
        .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: left });
    }
  });

  test('may take effect on any date, before the expenditure too', () => {
    for (const on of ['2020-01-01', '2023-05-31', '2024-06-01']) {
      given(approved(), spent('L1', '30.00', '2023-06-01'))
        .when(reverse('event-1'), { on })
        .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '30.00' });
    }
  });

  test('has nothing to take back from a withdrawn expenditure', () => {
    for (const asked of [reverse('event-1'), reverse('event-1', '1')]) {
      given(approved(), spent('L1', '30.00'), corrected('event-1', { amount: '0.00' }))
        .when(asked)
        .thenRefused(broken('NOT_REVERSIBLE'));
    }
  });

  test('is possible again after the withdrawn expenditure was brought back', () => {
    const back = [corrected('event-1', { amount: '0.00' }), corrected('event-1', { amount: '25.00' })];
    given(approved(), spent('L1', '30.00'), ...back)
      .when(reverse('event-1'))
      .then('ExpenditureReversed', { expenditure: 'event-1', line: 'L1', amount: '25.00' });
  });

  const history = [
    approved(),
    supplemented('L1', '10.00'),
    reduced('L1', '1.00'),
    transferred('L1', 'L2', '1.00'),
    spent('L1', '5.00'),
    reversed('event-4', 'L1', '5.00'),
    corrected('event-1', { amount: '11.00' }),
    closed(),
  ];

  test.each([
    ['the approval', 'event-0'],
    ['a supplement', 'event-1'],
    ['a reduction', 'event-2'],
    ['a transfer', 'event-3'],
    ['a reversal', 'event-5'],
    ['a correction', 'event-6'],
    ['the closing', 'event-7'],
  ])('is only for expenditures, and not for %s', (_what, change) => {
    given(...history)
      .when(reverse(change))
      .thenRefused(broken('NOT_REVERSIBLE'));
  });

  test.each(['event-8', '', 'event-0/L1', 'event-4/L1', '__proto__'])(
    'needs a change of this budget, not "%s"',
    (change) => {
      given(...history)
        .when(reverse(change))
        .thenRefused(notFound(`${NOTHING_OF_THAT_NAME}${change}`));
    },
  );
});

describe('a correction', () => {
  const history = [
    approved(),
    supplemented('L1', '10.00'),
    reduced('L1', '1.00'),
    transferred('L1', 'L2', '1.00'),
    spent('L1', '5.00'),
    spent('L1', '6.00'),
    reversed('event-5', 'L1', '6.00'),
    corrected('event-1', { amount: '11.00' }),
    closed(),
  ];

  test.each([
    ['a line of the approval', 'event-0', 'L2'],
    ['a supplement', 'event-1', undefined],
    ['a reduction', 'event-2', undefined],
    ['a transfer', 'event-3', undefined],
    ['an expenditure', 'event-4', undefined],
  ])('gives %s another amount, another date, or both', (_what, change, code) => {
    const named = code === undefined ? {} : { line: code };
    const asked = (parts: { amount?: string; to?: string }) =>
      given(...history).when(correct(change, { ...named, ...parts }));
    asked({ amount: '2' }).then('BudgetFactCorrected', { corrects: change, ...named, amount: '2.00' });
    asked({ to: '2023-03-03' }).then('BudgetFactCorrected', {
      corrects: change,
      ...named,
      effectiveAt: '2023-03-02T16:00:00.000Z',
    });
    asked({ amount: '0', to: '2023-03-03' }).then('BudgetFactCorrected', {
      corrects: change,
      ...named,
      amount: '0.00',
      effectiveAt: '2023-03-02T16:00:00.000Z',
    });
  });

  test('names the original fact, never a correction or the closing', () => {
    for (const change of ['event-7', 'event-8']) {
      given(...history)
        .when(correct(change, { amount: '1' }))
        .thenRefused(broken('NOT_CORRECTABLE'));
    }
  });

  test.each(['event-9', '', 'event-0/L1', 'event-4/L1', '__proto__'])(
    'needs a change of this budget, not "%s"',
    (change) => {
      given(...history)
        .when(correct(change, { amount: '1' }))
        .thenRefused(notFound(`${NOTHING_OF_THAT_NAME}${change}`));
    },
  );

  test('is possible any number of times', () => {
    const twice = [corrected('event-1', { amount: '7.00' }), corrected('event-1', { amount: '8.00' })];
    given(approved(), supplemented('L1', '10.00'), ...twice)
      .when(correct('event-1', { amount: '9' }))
      .then('BudgetFactCorrected', { corrects: 'event-1', amount: '9.00' });
  });

  describe('of an approval', () => {
    test('names the line if the approval has several', () => {
      given(approved())
        .when(correct('event-0', { amount: '1' }))
        .thenRefused({
          kind: 'BAD_USER_INPUT',
          violations: [{ path: '/input/line', message: 'is required: the approval has several amounts' }],
        });
    });

    test('needs no line if the approval has only one, whatever was added later', () => {
      given(approved({ L1: '100.00' }), lineAdded('L2', '5.00'))
        .when(correct('event-0', { amount: '1' }))
        .then('BudgetFactCorrected', { corrects: 'event-0', line: 'L1', amount: '1.00' });
    });

    test('knows the lines that were approved with it', () => {
      given(approved(), lineAdded('L3', '5.00'))
        .when(correct('event-0', { line: 'L3', amount: '1' }))
        .thenRefused(notFound('The approval has no line L3'));
    });
  });

  describe('of another fact', () => {
    test('may name a line that it touches', () => {
      for (const code of ['L1', 'L2']) {
        given(...history)
          .when(correct('event-3', { line: code, amount: '1' }))
          .then('BudgetFactCorrected', { corrects: 'event-3', amount: '1.00' });
      }
    });

    test('cannot name a line that it does not touch', () => {
      given(...history)
        .when(correct('event-1', { line: 'L2', amount: '1' }))
        .thenRefused(notFound('The change does not touch line L2'));
    });
  });

  describe('of a reversal', () => {
    // The expenditure has 60.00, and 25.00 and 15.00 of it are reversed.
    const parts = [
      approved(),
      spent('L1', '60.00'),
      reversed('event-1', 'L1', '25.00'),
      reversed('event-1', 'L1', '15.00'),
    ];

    test('gives it another amount, another date, or both', () => {
      given(...history)
        .when(correct('event-6', { to: '2031-01-01' }))
        .then('BudgetFactCorrected', { corrects: 'event-6', effectiveAt: '2030-12-31T16:00:00.000Z' });
      for (const amount of ['0.00', '24.99', '45.00']) {
        given(...parts)
          .when(correct('event-2', { amount }))
          .then('BudgetFactCorrected', { corrects: 'event-2', amount });
      }
      given(...parts)
        .when(correct('event-3', { amount: '1', to: '2023-10-02' }))
        .then('BudgetFactCorrected', {
          corrects: 'event-3',
          amount: '1.00',
          effectiveAt: '2023-10-01T16:00:00.000Z',
        });
    });

    test('leaves the reversals within the expenditure, to the fen', () => {
      given(...parts)
        .when(correct('event-2', { amount: '45.01' }))
        .thenRefused({ ...broken('REVERSAL_EXCEEDED'), remaining: '20.00', asked: '20.01' });
    });

    test('leaves the reversals within an expenditure that was corrected in between', () => {
      const withdrawn = [approved(), spent('L1', '60.00'), reversed('event-1', 'L1', '60.00')];
      const again = [corrected('event-2', { amount: '0.00' }), corrected('event-1', { amount: '10.00' })];
      given(...withdrawn, ...again)
        .when(correct('event-2', { amount: '10' }))
        .then('BudgetFactCorrected', { corrects: 'event-2', amount: '10.00' });
      given(...withdrawn, ...again)
        .when(correct('event-2', { amount: '10.01' }))
        .thenRefused({ ...broken('REVERSAL_EXCEEDED'), remaining: '10.00', asked: '10.01' });
    });

    test('takes money that has to be there', () => {
      given(...parts, spent('L1', '70.00'))
        .when(correct('event-2', { amount: '14.99' }))
        .thenRefused({ ...broken('BUDGET_EXCEEDED'), remaining: '10.00', asked: '10.01' });
      given(...parts, spent('L1', '70.00'))
        .when(correct('event-2', { amount: '15' }))
        .then('BudgetFactCorrected', { corrects: 'event-2', amount: '15.00' });
    });
  });

  test('of a reversed expenditure is refused, in its date too', () => {
    for (const parts of [{ amount: '1' }, { to: '2023-06-02' }]) {
      given(...history)
        .when(correct('event-5', parts))
        .thenRefused(broken('EXPENDITURE_REVERSED'));
    }
  });

  test('of an expenditure is possible again if all its reversals are withdrawn', () => {
    const partly = [
      approved(),
      spent('L1', '6.00'),
      reversed('event-1', 'L1', '1.00'),
      reversed('event-1', 'L1', '2.00'),
    ];
    const withdrawn = [corrected('event-2', { amount: '0.00' }), corrected('event-3', { amount: '0.00' })];
    for (const history of [partly, [...partly, withdrawn[0]!]]) {
      given(...history)
        .when(correct('event-1', { amount: '5' }))
        .thenRefused(broken('EXPENDITURE_REVERSED'));
    }
    given(...partly, ...withdrawn)
      .when(correct('event-1', { amount: '5' }))
      .then('BudgetFactCorrected', { corrects: 'event-1', amount: '5.00' });
  });

  describe('is judged as if the fact had been recorded so from the start', () => {
    const full = [approved(), supplemented('L1', '10.00'), reduced('L1', '20.00'), transferred('L1', 'L2', '30.00')];
    // L1 has 60.00 and L2 80.00, and all of it is executed.
    const spentAll = [...full, spent('L1', '60.00'), spent('L2', '80.00')];

    test.each<[string, string, string | undefined, string, boolean]>([
      ['an opening', 'event-0', 'L1', '99.99', false],
      ['an opening', 'event-0', 'L1', '100.01', true],
      ['the opening of another line', 'event-0', 'L2', '49.99', false],
      ['a supplement', 'event-1', undefined, '9.99', false],
      ['a supplement', 'event-1', undefined, '0.00', false],
      ['a supplement', 'event-1', undefined, '10.01', true],
      ['a reduction', 'event-2', undefined, '20.01', false],
      ['a reduction', 'event-2', undefined, '0.00', true],
      ['a transfer, by its giving line', 'event-3', undefined, '30.01', false],
      ['a transfer, by its receiving line', 'event-3', undefined, '29.99', false],
      ['a transfer', 'event-3', undefined, '30.00', true],
      ['an expenditure', 'event-4', undefined, '60.01', false],
      ['an expenditure', 'event-4', undefined, '59.99', true],
      ['an expenditure', 'event-4', undefined, '0.00', true],
    ])('%s (%s, line %s) to %s: %s', (_what, change, code, amount, allowed) => {
      const asked = given(...spentAll).when(correct(change, { line: code, amount }));
      if (allowed) asked.then('BudgetFactCorrected', { corrects: change, line: code, amount });
      else asked.thenRefused(broken('BUDGET_EXCEEDED'));
    });

    test('bringing a withdrawn expenditure back takes money that has to be there', () => {
      const freed = [approved(), spent('L1', '100.00'), corrected('event-1', { amount: '0.00' }), spent('L1', '80.00')];
      given(...freed)
        .when(correct('event-1', { amount: '20.01' }))
        .thenRefused(broken('BUDGET_EXCEEDED'));
      given(...freed)
        .when(correct('event-1', { amount: '20' }))
        .then('BudgetFactCorrected', { corrects: 'event-1', amount: '20.00' });
    });
  });

  describe('of an effective date', () => {
    test.each([
      ['2022-12-31T15:59:59.999Z', false],
      ['2022-12-31T16:00:00.000Z', true],
      ['2023-12-31T15:59:59.999Z', true],
      ['2023-12-31T16:00:00.000Z', false],
    ])('binds an expenditure to the fiscal year: %s is %s', (to, within) => {
      for (const amount of [undefined, '4.00']) {
        const asked = given(...history).when(correct('event-4', { to, amount }));
        if (within) asked.then('BudgetFactCorrected', { corrects: 'event-4', amount, effectiveAt: to });
        else asked.thenRefused(broken('OUTSIDE_FISCAL_YEAR'));
      }
    });

    test('binds a withdrawn expenditure, too', () => {
      given(approved(), spent('L1', '5.00'), corrected('event-1', { amount: '0.00' }))
        .when(correct('event-1', { to: '2024-01-01' }))
        .thenRefused(broken('OUTSIDE_FISCAL_YEAR'));
    });

    test.each([
      ['an opening', 'event-0', 'L1'],
      ['a supplement', 'event-1', undefined],
      ['a reduction', 'event-2', undefined],
      ['a transfer', 'event-3', undefined],
      ['a reversal', 'event-6', undefined],
    ])('binds nothing else: %s', (_what, change, code) => {
      given(...history)
        .when(correct(change, { line: code, to: '1999-12-31T00:00:00.000Z' }))
        .then('BudgetFactCorrected', { corrects: change, line: code, effectiveAt: '1999-12-31T00:00:00.000Z' });
    });

    test("is apart from the correction's own, which is for information", () => {
      given(...history)
        .when(correct('event-4', { amount: '4' }), { on: '2029-01-01' })
        .then('BudgetFactCorrected', { corrects: 'event-4', amount: '4.00' });
    });
  });
});
