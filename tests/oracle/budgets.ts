import {
  BudgetApproved,
  BudgetCarriedIn,
  BudgetCarriedOut,
  BudgetEvent,
  BudgetFactCorrected,
  BudgetReduced,
  BudgetSupplemented,
  BudgetTransferred,
  ExpenditureRecorded,
  ExpenditureReversed,
  RefundRecorded,
  LineDefinition,
} from '../../src/features/budgets/events';
import { RECORDED_FIELDS, placeOf, recordedOf } from './changes';
import { byEffectiveDate, inForce, LoggedEvent } from './log';
import { fen, money, rate } from './numbers';
import { printed } from './time';

const AMOUNT_FIELDS = `
  opening adjustment revised executed remaining executionRate carriedOut
  openingInWanYuan: opening(unit: WAN_YUAN) remainingInYiYuan: remaining(unit: YI_YUAN)`;

export const ENTRY_FIELDS = `
  kind line toLine amount amountFirstRecorded effectiveAt effectiveAtFirstRecorded payee payer memo documentNo state overrun remainingAmount
  change { eventId position } corrections { eventId position } reversedBy { eventId position }
  reversals { eventId position } counterpart { eventId position }`;

export const BUDGET_FIELDS = `
  department { code name } fiscalYear closed goals ${AMOUNT_FIELDS}
  lines { code name fundSource vintage expenditureKind functionCode economicCode projectCode ${AMOUNT_FIELDS} }
  linesOfGovernmentFunds: lines(fundSource: GOVERNMENT_FUND) { code }
  entries(first: 200) { nodes { ${ENTRY_FIELDS} } }
  carryOverPending { eventId position }
  ${RECORDED_FIELDS}`;

type Kind =
  | 'OPENING'
  | 'SUPPLEMENT'
  | 'REDUCTION'
  | 'TRANSFER'
  | 'EXPENDITURE'
  | 'REVERSAL'
  | 'REFUND'
  | 'CARRY_OUT'
  | 'CARRY_IN';

/** One fact after all known corrections. */
interface BudgetFact {
  readonly kind: Kind;
  readonly line: string;
  readonly toLine?: string;
  readonly event: LoggedEvent;
  readonly position: bigint;
  amount: bigint;
  readonly amountFirstRecorded: bigint;
  effectiveAt: number;
  /** "Recorded beyond its line, knowingly", or corrected so. */
  overrun: boolean;
  readonly payee?: string;
  readonly payer?: string;
  readonly memo?: string;
  /** Of a reversal: the id of the event that recorded the expenditure. */
  readonly reverses?: string;
  readonly corrections: LoggedEvent[];
  /** "Of a CARRY_OUT its CARRY_IN, and the other way round." */
  readonly counterpart?: LoggedEvent;
}

export function budgetOf(
  code: string,
  known: readonly LoggedEvent[],
  effectiveAt: number | undefined,
  department: { readonly code: string; readonly name: string } | null,
) {
  const own = known.filter((event) => event.category === 'budget' && event.code === code);
  const [approved] = own;
  if (approved === undefined) return null;
  const approval = approved.data as unknown as BudgetApproved;
  const onRecord = factsOf(own, known);
  const facts = inForce(onRecord, effectiveAt).sort(byEffectiveDate);
  const closings = own.filter(({ type }) => type === ('BudgetClosed' satisfies BudgetEvent['type']));
  return {
    department: department && { code: department.code, name: department.name },
    fiscalYear: approval.fiscalYear,
    closed: inForce(closings, effectiveAt).length > 0,
    // Not among the founding inputs: approved, and so in force, with the budget.
    goals: inForce([approved], effectiveAt).length > 0 ? approval.goals : [],
    ...amountsOf(facts),
    lines: linesOf(own).map(({ code: line, ...definition }) => ({
      code: line,
      name: definition.name,
      fundSource: definition.fundSource,
      vintage: definition.vintage,
      expenditureKind: definition.expenditureKind,
      functionCode: definition.functionCode ?? null,
      economicCode: definition.economicCode ?? null,
      projectCode: definition.projectCode ?? null,
      ...amountsOf(facts, line),
    })),
    linesOfGovernmentFunds: linesOf(own)
      .filter(({ fundSource }) => fundSource === 'GOVERNMENT_FUND')
      .map((line) => ({ code: line.code })),
    entries: { nodes: facts.map((fact) => entryOf(fact, facts)) },
    carryOverPending: own.filter((event) => isPending(event, known)).map(placeOf),
    ...recordedOf(own),
  };
}

/** "Founding, and true from the beginning: every budget line, one added later too." By code. */
function linesOf(own: readonly LoggedEvent[]): LineDefinition[] {
  const lines = own.flatMap(({ type, data }): readonly LineDefinition[] => {
    if (type === 'BudgetApproved') return (data as unknown as BudgetApproved).lines;
    if (type === 'BudgetSupplemented') return [(data as unknown as BudgetSupplemented).newLine ?? []].flat();
    if (type === 'BudgetCarriedIn')
      return (data as unknown as BudgetCarriedIn).lines.flatMap(({ newLine }) => newLine ?? []);
    return [];
  });
  return lines.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/**
 * "From its recording on, a correction makes the fact read as if it had been recorded so from the start, at the original's
 * position for ties": the facts in order of recording, and each correction is applied at the point at which it was recorded.
 */
function factsOf(own: readonly LoggedEvent[], known: readonly LoggedEvent[]): BudgetFact[] {
  const facts: BudgetFact[] = [];
  for (const event of own) {
    if (event.type === 'BudgetFactCorrected') correct(facts, event);
    else facts.push(...recordedBy(event, facts, known));
  }
  return facts;
}

/** "Each part keeps its last restated value, in order of recording; a part left out stays." */
function correct(facts: readonly BudgetFact[], event: LoggedEvent): void {
  const { corrects, line, amount, effectiveAt, overrun = false } = event.data as unknown as BudgetFactCorrected;
  const meant = facts.filter((fact) => fact.event.id === corrects && (line === undefined || fact.line === line));
  const [fact] = meant;
  if (fact === undefined || meant.length > 1) throw new Error(`Correction ${event.id} names ${meant.length} facts`);
  if (amount !== undefined) [fact.amount, fact.overrun] = [fen(amount), overrun];
  if (effectiveAt !== undefined) fact.effectiveAt = Date.parse(effectiveAt);
  fact.corrections.push(event);
  const reversed = fact.kind === 'REVERSAL' ? facts.find(({ event: { id } }) => id === fact.reverses) : fact;
  if (reversed !== undefined) requireWithin(reversed, facts);
}

/** "The sum of an expenditure's reversals never exceeds it." */
function requireWithin(expenditure: BudgetFact, facts: readonly BudgetFact[]): void {
  const reversals = reversalsOf(expenditure, facts);
  if (sumOf(reversals) > expenditure.amount) throw new Error(`The reversals of ${expenditure.event.id} exceed it`);
}

/** In order of recording. "Amount 0 withdraws" a reversal. */
const reversalsOf = ({ event }: BudgetFact, facts: readonly BudgetFact[]): readonly BudgetFact[] =>
  facts
    .filter(({ reverses, amount }) => reverses === event.id && amount > 0n)
    .toSorted((a, b) => (a.position < b.position ? -1 : 1));

const sumOf = (facts: readonly BudgetFact[]): bigint => facts.reduce((total, { amount }) => total + amount, 0n);

function recordedBy(event: LoggedEvent, earlier: readonly BudgetFact[], known: readonly LoggedEvent[]): BudgetFact[] {
  const fact = (kind: Kind, data: { line: string; amount: string }, more: Partial<BudgetFact> = {}): BudgetFact => ({
    kind,
    line: data.line,
    event,
    position: event.position,
    amount: fen(data.amount),
    amountFirstRecorded: fen(data.amount),
    effectiveAt: event.effectiveAt,
    overrun: false,
    corrections: [],
    ...more,
  });
  switch (event.type as BudgetEvent['type']) {
    case 'BudgetApproved':
      return (event.data as unknown as BudgetApproved).lines.map(({ code, amount }) =>
        fact('OPENING', { line: code, amount }),
      );
    case 'BudgetSupplemented':
      return [fact('SUPPLEMENT', event.data as unknown as BudgetSupplemented)];
    case 'BudgetReduced':
      return [fact('REDUCTION', event.data as unknown as BudgetReduced)];
    case 'BudgetTransferred': {
      const { fromLine, toLine, amount } = event.data as unknown as BudgetTransferred;
      return [fact('TRANSFER', { line: fromLine, amount }, { toLine })];
    }
    case 'ExpenditureRecorded': {
      const data = event.data as unknown as ExpenditureRecorded;
      return [fact('EXPENDITURE', data, { payee: data.payee, memo: data.memo, overrun: data.overrun ?? false })];
    }
    case 'RefundRecorded': {
      const data = event.data as unknown as RefundRecorded;
      return [fact('REFUND', data, { payer: data.payer, memo: data.memo })];
    }
    case 'ExpenditureReversed': {
      const { expenditure, amount } = event.data as unknown as ExpenditureReversed;
      const reversed = earlier.find(({ event: { id } }) => id === expenditure);
      if (reversed?.kind !== 'EXPENDITURE') throw new Error(`Reversal ${event.id} takes back no expenditure`);
      const reversal = fact('REVERSAL', { line: reversed.line, amount }, { reverses: expenditure });
      requireWithin(reversed, [...earlier, reversal]);
      return [reversal];
    }
    case 'BudgetCarriedOut': {
      const { lines } = event.data as unknown as BudgetCarriedOut;
      const counterpart = known.find(({ type, data }) => type === 'BudgetCarriedIn' && data.carryOut === event.id);
      return lines.map((carried) => fact('CARRY_OUT', carried, { counterpart }));
    }
    case 'BudgetCarriedIn': {
      const { carryOut, lines } = event.data as unknown as BudgetCarriedIn;
      const counterpart = known.find(({ id }) => id === carryOut);
      if (counterpart === undefined) throw new Error(`Carry-in ${event.id} is on record before its carry-out`);
      return lines.map((carried) => fact('CARRY_IN', carried, { counterpart }));
    }
    case 'BudgetClosed':
    case 'BudgetFactCorrected':
      return [];
  }
}

/** A carry-out, or a correction of one, that the year entered has not followed. */
function isPending(event: LoggedEvent, known: readonly LoggedEvent[]): boolean {
  const carriesOut = ({ type }: LoggedEvent): boolean => type === 'BudgetCarriedOut';
  const isFollowedBy = ({ data }: LoggedEvent): boolean => data.carryOut === event.id || data.follows === event.id;
  const isFollowed =
    carriesOut(event) || known.some(({ id, ...rest }) => id === event.data.corrects && carriesOut({ id, ...rest }));
  return isFollowed && !known.some(isFollowedBy);
}

/** Of one line; if none is given, of the whole budget, in which a transfer adds 0. */
function amountsOf(facts: readonly BudgetFact[], line?: string) {
  const ofLine = (code: string | undefined): boolean => code !== undefined && (line === undefined || code === line);
  const sum = (kind: Kind, lineOf = (fact: BudgetFact) => fact.line as string | undefined): bigint =>
    sumOf(facts.filter((fact) => fact.kind === kind && ofLine(lineOf(fact))));
  const opening = sum('OPENING');
  const transferred = sum('TRANSFER', ({ toLine }) => toLine) - sum('TRANSFER');
  const adjustment = sum('SUPPLEMENT') + sum('CARRY_IN') - sum('REDUCTION') + transferred;
  const revised = opening + adjustment;
  const executed = sum('EXPENDITURE') - sum('REVERSAL') - sum('REFUND');
  return {
    opening: money(opening),
    adjustment: money(adjustment),
    revised: money(revised),
    executed: money(executed),
    remaining: money(revised - executed),
    executionRate: rate(executed.toString(), revised.toString()),
    carriedOut: money(sum('CARRY_OUT')),
    openingInWanYuan: money(opening, 'WAN_YUAN'),
    remainingInYiYuan: money(revised - executed, 'YI_YUAN'),
  };
}

/** `inForce`: the facts of the snapshot; a reversal that is not among them has no effect yet. */
function entryOf(fact: BudgetFact, facts: readonly BudgetFact[]) {
  const { event, corrections } = fact;
  const reversals = reversalsOf(fact, facts);
  const last = reversals.at(-1);
  return {
    kind: fact.kind,
    line: fact.line,
    toLine: fact.toLine ?? null,
    amount: money(fact.amount),
    amountFirstRecorded: money(fact.amountFirstRecorded),
    effectiveAt: printed(fact.effectiveAt),
    effectiveAtFirstRecorded: printed(event.effectiveAt),
    payee: fact.payee ?? null,
    payer: fact.payer ?? null,
    memo: fact.memo ?? null,
    documentNo: event.metadata.documentNo ?? null,
    state: stateOf(fact, sumOf(reversals)),
    overrun: fact.overrun,
    remainingAmount: fact.kind === 'EXPENDITURE' ? money(fact.amount - sumOf(reversals)) : null,
    change: placeOf(event),
    corrections: corrections.map(placeOf),
    reversedBy: last === undefined ? null : placeOf(last.event),
    reversals: reversals.map((reversal) => placeOf(reversal.event)),
    counterpart: fact.counterpart === undefined ? null : placeOf(fact.counterpart),
  };
}

function stateOf({ amount, corrections }: BudgetFact, reversed: bigint) {
  if (reversed > 0n) return reversed < amount ? 'PARTLY_REVERSED' : 'REVERSED';
  // "0 withdraws the fact." An opening of 0 that nobody restated is in force.
  const isRestated = corrections.some(({ data }) => (data as unknown as BudgetFactCorrected).amount !== undefined);
  if (isRestated && amount === 0n) return 'WITHDRAWN';
  return corrections.length > 0 ? 'CORRECTED' : 'IN_FORCE';
}
