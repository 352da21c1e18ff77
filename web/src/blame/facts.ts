import { readYuan } from '../language/money';
import { tokensOf } from './paths';

/** Which facts of a budget make one of its amounts. */
const KINDS = {
  opening: ['OPENING'],
  adjustment: ['SUPPLEMENT', 'REDUCTION', 'TRANSFER', 'CARRY_IN'],
  executed: ['EXPENDITURE', 'REVERSAL', 'REFUND'],
  carriedOut: ['CARRY_OUT'],
} as const;

export type FactKind = (typeof KINDS)[keyof typeof KINDS][number];

export interface WantedFacts {
  readonly kinds: readonly FactKind[];
  readonly line?: string;
}

/** The facts that add up to the amount of a budget at the path; undefined if it is no sum of facts. */
export function factsAt(path: string): WantedFacts | undefined {
  const [first = '', line, amount = ''] = tokensOf(path);
  if (first === 'lines') return isSum(amount) ? { kinds: KINDS[amount], line } : undefined;
  return isSum(first) ? { kinds: KINDS[first] } : undefined;
}

const isSum = (name: string): name is keyof typeof KINDS => Object.hasOwn(KINDS, name);

/** A fact as its corrections restate it. Amounts are exact, in yuan, and never negative. */
export interface Fact {
  readonly kind: FactKind;
  readonly line: string;
  readonly toLine?: string | null;
  readonly amount: string;
}

const TAKES: ReadonlySet<FactKind> = new Set<FactKind>(['REDUCTION', 'REVERSAL', 'REFUND']);

/** What the fact adds to the budget, or to one line of it, in fen. A transfer moves an amount between two lines. */
export function addedBy({ kind, line, toLine, amount }: Fact, ofLine?: string): bigint {
  const fen = readYuan(amount);
  if (kind !== 'TRANSFER') return TAKES.has(kind) ? -fen : fen;
  if (ofLine === undefined || line === toLine) return 0n;
  return ofLine === line ? -fen : fen;
}

export const sumOf = (facts: readonly Fact[], ofLine?: string): bigint =>
  facts.reduce((sum, fact) => sum + addedBy(fact, ofLine), 0n);
