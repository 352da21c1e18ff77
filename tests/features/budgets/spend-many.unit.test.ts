import { budgetDecider } from '../../../src/features/budgets/decider';
import { BudgetRule } from '../../../src/features/budgets/rules';
import { Result } from '../../../src/kernel/refusal';
import { calendar, day } from '../../support/specification';
import { approved, closed, command, given, recordOf } from './history';

/** Several expenditures of one command, each judged on the record that the ones before it would leave. */

const { spendMany } = command;
const TODAY = '2023-06-30';
const broken = (rule: BudgetRule, item: number) => ({ kind: 'RULE_VIOLATION', rule, item }) as const;

const decided = (...items: Parameters<typeof spendMany>): Result<readonly object[]> =>
  budgetDecider.decide(recordOf(approved({ L1: '10.00', L2: '5.00' })), spendMany(...items), {
    effectiveAt: day(TODAY),
    now: day(TODAY),
    actor: 'u-1',
    calendar,
    exists: () => true,
    recordOf: () => undefined,
  });

test('are recorded in the order given, each with its own date, and with that of the command without one', () => {
  const fact = (code: string, amount: string, on: string) => ({
    type: 'ExpenditureRecorded',
    data: { line: code, amount },
    origin: { effectiveAt: day(on) },
  });
  expect(decided(['L2', '5.00'], ['L1', '4.00', '2023-02-01'], ['L1', '6.00', '2023-01-01'])).toEqual({
    ok: true,
    value: [fact('L2', '5.00', TODAY), fact('L1', '4.00', '2023-02-01'), fact('L1', '6.00', '2023-01-01')],
  });
});

test('may spend what the line has, and no more with the ones before', () => {
  expect(decided(['L1', '4.00'], ['L2', '5.00'], ['L1', '6.00']).ok).toBe(true);
  given(approved({ L1: '10.00' }))
    .when(spendMany(['L1', '4.00'], ['L1', '6.01'], ['L9', '1.00']))
    .thenRefused({ ...broken('BUDGET_EXCEEDED', 1), remaining: '6.00', asked: '6.01' });
});

test('are refused with the first item that breaks a rule, whatever the rule', () => {
  given(approved({ L1: '10.00' }))
    .when(spendMany(['L1', '1.00'], ['L9', '1.00'], ['L1', '99.00']))
    .thenRefused({ kind: 'NOT_FOUND', item: 1 });
  given(approved({ L1: '10.00' }))
    .when(spendMany(['L1', '1.00'], ['L1', '1.00', '2024-01-01'], ['L9', '1.00']))
    .thenRefused(broken('OUTSIDE_FISCAL_YEAR', 1));
  given(approved({ L1: '10.00' }), closed('2023-05-01'))
    .when(spendMany(['L1', '1.00']))
    .thenRefused(broken('BUDGET_CLOSED', 0));
});

test('may go beyond the line with overrun and a reason; the items after it are judged by themselves', () => {
  const { items, ...whole } = spendMany(['L1', '12.00'], ['L1', '1.00']) as Extract<
    ReturnType<typeof spendMany>,
    { readonly kind: 'spendMany' }
  >;
  const [first, second] = items;
  const overrun = { ...first!, overrun: true };
  const moment = { reason: '应急' };
  given(approved({ L1: '10.00' }))
    .when({ ...whole, items: [overrun, second!] }, moment)
    .thenRefused(broken('BUDGET_EXCEEDED', 1));
  given(approved({ L1: '10.00' }))
    .when({ ...whole, items: [overrun] })
    .thenRefused(broken('BUDGET_EXCEEDED', 0));
});
