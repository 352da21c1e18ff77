import { Action } from '../actions/action';
import { FourEyesRule } from '../command-handling/four-eyes/rules';
import { parseAmount } from '../kernel/money';
import { ConfigError } from './config';

/** What `recommended` stands for. */
export const RECOMMENDED =
  'approveBudget,supplementBudget>=1000000,reduceBudget,transferBudget>=1000000,carryOverBudget,recordExpenditure>=5000000,correctBudgetFact@closed,reverseExpenditure@closed';

const EXPECTED =
  'expected recommended, or names of mutations separated by commas, each with @closed or a threshold in yuan if need be: transferBudget>=1000000,reduceBudget,correctBudgetFact@closed';

type Actions = ReadonlyMap<string, Action>;

/** The commands that need a second person; none if the setting is left out. Throws `ConfigError`. */
export function configuredFourEyes(setting: string | undefined, actions: Actions): readonly FourEyesRule[] {
  if (setting === undefined) return [];
  const entries = (setting === 'recommended' ? RECOMMENDED : setting).split(',').map((entry) => entry.trim());
  const rules = entries.map((entry) => ruleOf(entry, actions));
  for (const [index, { action, closedOnly }] of rules.entries()) {
    const isLike = (rule: FourEyesRule) => rule.action === action && rule.closedOnly === closedOnly;
    if (rules.slice(0, index).some(isLike)) throw problem(`${action} is named twice`);
  }
  return rules;
}

function ruleOf(entry: string, actions: Actions): FourEyesRule {
  const [, name = '', closed, amount] = /^([A-Za-z]+)(@closed)?(?:>=(.+))?$/.exec(entry) ?? [];
  if (name === '') throw problem(`"${entry}" is no entry; ${EXPECTED}`);
  const action = actions.get(name);
  if (action === undefined) throw problem(`there is no mutation ${name}; ${EXPECTED}`);
  if (action.target.decidesProposals) throw problem(`${name} is the decision of a second person itself`);
  if (closed !== undefined && !action.onClosed) throw problem(`a closed budget does not take ${name}`);
  return { action: name, closedOnly: closed !== undefined, threshold: thresholdOf(action, amount) };
}

function thresholdOf({ name, isAboutAmount }: Action, amount: string | undefined): bigint | undefined {
  if (amount === undefined) return undefined;
  if (!isAboutAmount) throw problem(`${name} is not about an amount, so it takes no threshold`);
  const parsed = parseAmount(amount);
  if ('problem' in parsed) throw problem(`the threshold of ${name} ${parsed.problem}`);
  if (parsed.fen === 0n) throw problem(`the threshold of ${name} must be above 0; without one, every amount counts`);
  return parsed.fen;
}

const problem = (message: string): ConfigError => new ConfigError(`FOUR_EYES: ${message}`);
