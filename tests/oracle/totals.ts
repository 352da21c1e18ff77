import { fen, money, rate } from './numbers';

export const DIMENSIONS = [
  'DEPARTMENT',
  'FUND_SOURCE',
  'VINTAGE',
  'EXPENDITURE_KIND',
  'FUNCTION_CLASS',
  'FUNCTION_CODE',
  'ECONOMIC_CLASS',
  'PROJECT',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const TOTALS_FIELDS = `
  keys budgets opening adjustment revised executed remaining executionRate remainingInWanYuan: remaining(unit: WAN_YUAN)`;

/** The fields of a line that sums are made of, as the oracle answers them. */
export interface AnsweredLine {
  readonly fundSource: string;
  readonly vintage: string;
  readonly expenditureKind: string;
  readonly functionCode: string | null;
  readonly economicCode: string | null;
  readonly projectCode: string | null;
  readonly opening: string;
  readonly adjustment: string;
  readonly executed: string;
}

export interface AnsweredBudget {
  readonly department: { readonly code: string } | null;
  readonly fiscalYear: number;
  readonly lines: readonly AnsweredLine[];
}

export interface TotalsAsked {
  readonly fiscalYear: number;
  readonly by: readonly Dimension[];
  readonly filter: { readonly departments?: readonly string[]; readonly fundSources?: readonly string[] } | null;
}

interface OwnedLine extends AnsweredLine {
  readonly department: string;
}

/** "There is a row for each combination of values that a line on record has." Every row sums all lines anew. */
export function totalsOf(budgets: readonly AnsweredBudget[], { fiscalYear, by, filter }: TotalsAsked) {
  const { departments, fundSources } = filter ?? {};
  const lines = budgets
    .filter((budget) => budget.fiscalYear === fiscalYear)
    .flatMap((budget) => budget.lines.map((line): OwnedLine => ({ ...line, department: budget.department!.code })))
    .filter(({ department }) => departments === undefined || departments.includes(department))
    .filter(({ fundSource }) => fundSources === undefined || fundSources.includes(fundSource));
  const keysOf = (line: OwnedLine) => by.map((dimension) => keyOf(line, dimension));
  const combinations = by.length === 0 ? [[]] : distinct(lines.map(keysOf)).sort(compareKeys);
  return combinations.map((keys) => {
    const own = lines.filter((line) => keysOf(line).every((key, index) => key === keys[index]));
    return { keys, budgets: new Set(own.map(({ department }) => department)).size, ...amountsOf(own) };
  });
}

function amountsOf(lines: readonly OwnedLine[]) {
  const sum = (amountOf: (line: OwnedLine) => string) => lines.reduce((all, line) => all + fen(amountOf(line)), 0n);
  const opening = sum((line) => line.opening);
  const adjustment = sum((line) => line.adjustment);
  const executed = sum((line) => line.executed);
  const revised = opening + adjustment;
  return {
    opening: money(opening),
    adjustment: money(adjustment),
    revised: money(revised),
    executed: money(executed),
    remaining: money(revised - executed),
    executionRate: rate(executed.toString(), revised.toString()),
    remainingInWanYuan: money(revised - executed, 'WAN_YUAN'),
  };
}

function keyOf(line: OwnedLine, dimension: Dimension): string | null {
  const byName = {
    DEPARTMENT: line.department,
    FUND_SOURCE: line.fundSource,
    VINTAGE: line.vintage,
    EXPENDITURE_KIND: line.expenditureKind,
    // "The class: the first 3 digits of the code."
    FUNCTION_CLASS: line.functionCode && line.functionCode.substring(0, 3),
    FUNCTION_CODE: line.functionCode,
    ECONOMIC_CLASS: line.economicCode && line.economicCode.substring(0, 3),
    PROJECT: line.projectCode,
  };
  return byName[dimension];
}

type Keys = readonly (string | null)[];

const distinct = (combinations: readonly Keys[]): Keys[] => [
  ...new Map(combinations.map((keys) => [JSON.stringify(keys), keys])).values(),
];

/** "By key, dimension by dimension, as text, null last." */
function compareKeys(a: Keys, b: Keys): number {
  const index = a.findIndex((key, at) => key !== b[at]);
  if (index < 0) return 0;
  const [x, y] = [a[index] ?? null, b[index] ?? null];
  if (x === null) return 1;
  return y === null || x < y ? -1 : 1;
}
