import { LRUCache } from 'lru-cache';
import { percentage } from '../../kernel/decimal';
import { Fen, formatAmount, readYuan } from '../../kernel/money';
import { parsePosition } from '../../kernel/position';
import { Instant } from '../../kernel/time';
import { timelineOf } from './effective';
import { LineDefinition } from './events';
import { BudgetFact, factKey } from './facts';
import { BudgetRecord, LineRecord } from './record';
import { reversalsOf, reversedAmount } from './reversals';
import { Totals } from './totals';

/** The amounts of all views are exact, in yuan. */
export interface TotalsView {
  readonly opening: string;
  readonly adjustment: string;
  readonly executed: string;
  /** Left out if it is 0. */
  readonly carriedOut?: string;
}

export interface BudgetView extends TotalsView {
  readonly department: string;
  readonly fiscalYear: number;
  readonly goals: readonly string[];
  readonly closed: boolean;
}

export interface BudgetLineView extends TotalsView {
  readonly definition: LineDefinition;
}

/** The budget as of an effective moment; as on record if no moment is given. */
export function viewBudget(record: BudgetRecord, effectiveAt?: Instant): BudgetView {
  const { department, fiscalYear, goals, closed } = viewStatus(record, effectiveAt);
  return { department, fiscalYear, goals, closed, ...viewAmounts(record, effectiveAt) };
}

/** Only the amounts of the budget. */
export const viewAmounts = (record: BudgetRecord, effectiveAt?: Instant): TotalsView =>
  viewTotals(effectiveAt === undefined ? record.totals : timelineOf(record).totals(effectiveAt));

/** The budget without its amounts. */
export function viewStatus(record: BudgetRecord, effectiveAt?: Instant): Omit<BudgetView, keyof TotalsView> {
  const { department, fiscalYear, goals, approval, closedAt } = record;
  return {
    department,
    fiscalYear,
    goals: isInForce(approval.effectiveAt, effectiveAt) ? goals : [],
    closed: closedAt !== undefined && isInForce(closedAt, effectiveAt),
  };
}

/** The amounts of a line of the record. */
export const lineTotals = (record: BudgetRecord, { definition, totals }: LineRecord, effectiveAt?: Instant): Totals =>
  effectiveAt === undefined ? totals : timelineOf(record).lineTotals(definition.code, effectiveAt);

/** A line is true from the beginning, and its amounts follow the facts. undefined if the budget has no such line. */
export function viewLine(record: BudgetRecord, code: string, effectiveAt?: Instant): BudgetLineView | undefined {
  const line = record.lines.get(code);
  if (line === undefined) return undefined;
  return { definition: line.definition, ...viewTotals(lineTotals(record, line, effectiveAt)) };
}

export const ENTRY_STATES = ['IN_FORCE', 'CORRECTED', 'PARTLY_REVERSED', 'REVERSED', 'WITHDRAWN'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** A fact as it is at an effective moment. */
export interface EntryView {
  readonly fact: BudgetFact;
  readonly state: EntryState;
  /** The positions of the reversals in force, in order of recording. */
  readonly reversals: readonly bigint[];
  /** What the reversals in force leave of an expenditure; undefined for other kinds. */
  readonly remaining?: Fen;
}

/** The entries in force, by effective date, then position, then line of the approval. */
export const viewEntries = (record: BudgetRecord, effectiveAt?: Instant): readonly BudgetFact[] =>
  timelineOf(record).factsInForce(effectiveAt);

export function viewEntry(record: BudgetRecord, fact: BudgetFact, effectiveAt?: Instant): EntryView {
  const inForce = reversalsOf(record, fact).filter((reversal) => isInForce(reversal.effectiveAt, effectiveAt));
  const reversed = reversedAmount(inForce);
  return {
    fact,
    state: stateOf(fact, reversed),
    reversals: inForce.map(({ position }) => position),
    remaining: fact.kind === 'EXPENDITURE' ? fact.amount - reversed : undefined,
  };
}

function stateOf({ amount, withdrawn, corrections }: BudgetFact, reversed: Fen): EntryState {
  if (reversed > 0n) return reversed < amount ? 'PARTLY_REVERSED' : 'REVERSED';
  if (withdrawn) return 'WITHDRAWN';
  return corrections.length > 0 ? 'CORRECTED' : 'IN_FORCE';
}

/** Names an entry within its budget: the cursor of a page. */
export const entryCursor = ({ position, kind, line }: BudgetFact): string => factKey(position.toString(), kind, line);

/** Whether a cursor names an entry. Among many entries, comparing positions is cheaper than making each one's cursor. */
export function isEntryAt(cursor: string): (fact: BudgetFact) => boolean {
  const position = parsePosition(cursor.split('/')[0] ?? '');
  return (fact) => fact.position === position && entryCursor(fact) === cursor;
}

/** The revised amount (调整后): what may be spent. */
export const revisedIn = ({ opening, adjustment }: Pick<TotalsView, 'opening' | 'adjustment'>): Fen =>
  readYuan(opening) + readYuan(adjustment);

/** What later years have taken over. */
export const carriedOutIn = ({ carriedOut }: TotalsView): Fen => (carriedOut === undefined ? 0n : readYuan(carriedOut));

/** What follows from the totals: amounts in yuan, and the rate in percent, which is null if the revised amount is 0. */
export function derivedAmounts({ opening, adjustment, executed }: TotalsView) {
  const revised = revisedIn({ opening, adjustment });
  const spent = readYuan(executed);
  return {
    revised: formatAmount(revised),
    remaining: formatAmount(revised - spent),
    executionRate: percentage(spent, revised),
  };
}

/** The amounts of a view as numbers. */
export const totalsIn = (view: TotalsView): Totals => ({
  opening: readYuan(view.opening),
  adjustment: readYuan(view.adjustment),
  executed: readYuan(view.executed),
  carriedOut: carriedOutIn(view),
});

const isInForce = (at: Instant, effectiveAt: Instant | undefined): boolean =>
  effectiveAt === undefined || at <= effectiveAt;

export const viewTotals = ({ opening, adjustment, executed, carriedOut }: Totals): TotalsView => ({
  opening: textOf(opening),
  adjustment: textOf(adjustment),
  executed: textOf(executed),
  ...(carriedOut === 0n ? {} : { carriedOut: textOf(carriedOut) }),
});

/** Most changes leave most amounts as they were. The documents of a budget share their texts, which saves much memory. */
const texts = new LRUCache<Fen, string>({ max: 4_096 });

function textOf(amount: Fen): string {
  let text = texts.get(amount);
  if (text === undefined) texts.set(amount, (text = formatAmount(amount)));
  return text;
}
