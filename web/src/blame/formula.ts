import { lookUp } from '../terms/look-up';
import { pathOf, tokensOf } from './paths';

/** How the API computes a figure from others of the same entity. */
export interface Formula {
  readonly operator: '+' | '−' | '÷';
  readonly left: string;
  readonly right: string;
}

type Parts = readonly [left: string, operator: Formula['operator'], right: string];

const OF_BUDGETS: Readonly<Record<string, Parts>> = {
  revised: ['opening', '+', 'adjustment'],
  remaining: ['revised', '−', 'executed'],
  executionRate: ['executed', '÷', 'revised'],
};

/** The formula of the figure at the path, with the paths of its parts; undefined if it is on record itself. */
export function formulaAt(entityType: string, path: string): Formula | undefined {
  if (entityType !== 'BUDGET') return undefined;
  const tokens = tokensOf(path);
  const parts = lookUp(OF_BUDGETS, tokens.at(-1) ?? '');
  if (parts === undefined) return undefined;
  const [left, operator, right] = parts;
  const beside = (name: string): string => pathOf(...tokens.slice(0, -1), name);
  return { operator, left: beside(left), right: beside(right) };
}
