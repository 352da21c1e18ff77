import { configuredFourEyes } from '../../../src/app/four-eyes';
import { features } from '../../../src/app/features';
import { BUDGET, OTHER, person, Stage } from './stage';

/** Which commands need a second person. Both persons may do everything. */

const one = person('u-1', ['finance', 'editor']);
const spend = (amount: string, line = 'A') => ['recordExpenditure', { ...BUDGET, line, amount }] as const;
const transfer = (amount: string, fromLine = 'A', toLine = 'B') =>
  ['transferBudget', { ...BUDGET, fromLine, toLine, amount }] as const;
const batch = (...items: readonly (readonly [string, string])[]) =>
  ['recordExpenditures', { ...BUDGET, items: items.map(([line, amount]) => ({ line, amount })) }] as const;

const withSetting = async (setting: string, use: (stage: Stage) => Promise<void>) => {
  const stage = await Stage.open({ fourEyes: configuredFourEyes(setting, features.actions) });
  try {
    await use(await stage.prepare());
  } finally {
    await stage.close();
  }
};

type Sent = readonly [string, object];

test.each<[string, string, readonly Sent[], boolean]>([
  ['below the threshold', 'recordExpenditure>=50', [spend('49.99')], false],
  ['at the threshold', 'recordExpenditure>=50', [spend('50')], true],
  ['two halves on one line', 'recordExpenditure>=50', [spend('25'), spend('25')], true],
  ['two halves on two lines', 'recordExpenditure>=50', [spend('25'), spend('25', 'B')], false],
  ['a batch by its sum', 'recordExpenditure>=50', [batch(['A', '25'], ['B', '25'])], true],
  ['a batch after one fact', 'recordExpenditure>=50', [spend('20'), batch(['A', '15'], ['B', '15'])], true],
  ['a bulk form that is named alone', 'recordExpenditures', [spend('99')], false],
  [
    'transfers that share the line that receives',
    'transferBudget>=50',
    [transfer('25'), transfer('25', 'B', 'A')],
    true,
  ],
  ['another action', 'reduceBudget', [spend('99')], false],
])('%s (%s)', async (_what, setting, sent, needs) => {
  await withSetting(setting, async (stage) => {
    for (const [action, input] of sent.slice(0, -1)) {
      expect((await stage.done(one, action, input)).needsProposal).toBeUndefined();
    }
    const [action, input] = sent.at(-1)!;
    expect((await stage.done(OTHER_WRITER, action, input)).needsProposal ?? false).toBe(needs && sent.length === 1);
    if (sent.length > 1) expect((await stage.done(one, action, input)).needsProposal ?? false).toBe(needs);
  });
});

const OTHER_WRITER = person(OTHER.sub, ['finance', 'editor']);

test('corrections that make a fact larger are covered, and on another day the sum begins again', async () => {
  await withSetting('recordExpenditure>=50', async (stage) => {
    const [action, input] = spend('30');
    const { projected } = await stage.done(one, action, input);
    const change = projected!.changes[0]!.event.id;
    const correct = (amount: string) => stage.act(one, 'correctBudgetFact', { ...BUDGET, change, amount }, true);
    expect(await correct('49.99')).toMatchObject({ value: { dryRun: true } });
    expect(await correct('50')).toMatchObject({ value: { needsProposal: true } });
    expect(await correct('1')).not.toMatchObject({ value: { needsProposal: true } });
    stage.clock.set('2023-07-01T04:00:00.000Z');
    expect(await correct('50')).not.toMatchObject({ value: { needsProposal: true } });
  });
});

test('an entry for closed budgets counts once the budget is closed', async () => {
  await withSetting('correctBudgetFact@closed', async (stage) => {
    const [action, input] = spend('30');
    const { projected } = await stage.done(one, action, input);
    const change = projected!.changes[0]!.event.id;
    const correct = () => stage.done(one, 'correctBudgetFact', { ...BUDGET, change, amount: '20' });
    expect((await correct()).needsProposal).toBeUndefined();
    await stage.done(one, 'closeBudget', BUDGET);
    expect((await correct()).needsProposal).toBe(true);
  });
});
