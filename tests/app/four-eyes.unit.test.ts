import { ConfigError } from '../../src/app/config';
import { features } from '../../src/app/features';
import { configuredFourEyes } from '../../src/app/four-eyes';

const configured = (setting?: string) => configuredFourEyes(setting, features.actions);

it('needs no second person if nothing is set', () => {
  expect(configured()).toEqual([]);
});

it('reads names, thresholds in yuan, and what is meant for closed budgets only', () => {
  expect(configured('transferBudget>=1000000, reduceBudget,correctBudgetFact@closed>=0.01')).toEqual([
    { action: 'transferBudget', closedOnly: false, threshold: 100_000_000n },
    { action: 'reduceBudget', closedOnly: false, threshold: undefined },
    { action: 'correctBudgetFact', closedOnly: true, threshold: 1n },
  ]);
});

it('has a recommendation', () => {
  expect(configured('recommended').map(({ action }) => action)).toContain('reduceBudget');
});

test.each([
  ['an unknown name', 'reduceBudgets', 'there is no mutation reduceBudgets'],
  ['an empty entry', 'reduceBudget,', '"" is no entry'],
  ['another sign', 'reduceBudget>10', '"reduceBudget>10" is no entry'],
  ['a threshold for what has no amount', 'closeBudget>=10', 'closeBudget is not about an amount'],
  ['a threshold of nothing', 'reduceBudget>=0', 'must be above 0'],
  ['a threshold that is no amount', 'reduceBudget>=1,000', '"000" is no entry'],
  ['a negative threshold', 'reduceBudget>=-1', 'must be a decimal number'],
  ['a threshold of less than a fen', 'reduceBudget>=0.001', 'at most 2 decimals'],
  [
    'closed for what a closed budget does not take',
    'reduceBudget@closed',
    'a closed budget does not take reduceBudget',
  ],
  ['the same twice', 'reduceBudget,reduceBudget>=10', 'reduceBudget is named twice'],
  ['a decision itself', 'confirmProposal', 'the decision of a second person itself'],
])('refuses to start with %s', (_what, setting, message) => {
  expect(() => configured(setting)).toThrow(ConfigError);
  expect(() => configured(setting)).toThrow(message);
});
