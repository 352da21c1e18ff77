import { choice } from '../../input/choice';
import { Dated } from '../../kernel/effective-order';
import { Fen, readYuan } from '../../kernel/money';
import { CorruptLedger } from '../../kernel/outage';
import { Instant, readInstant } from '../../kernel/time';
import { BudgetEvent, FactEvent, LineDefinition } from './events';
import { Posting } from './totals';

/**
 * What a new kind of fact adds here: its kind, which facts its event records (`factsOf`), and what it does to the lines
 * (`postingsOf`). Record, projection, lineage and API follow from these.
 */

export const ENTRY_KINDS = [
  'OPENING',
  'SUPPLEMENT',
  'REDUCTION',
  'TRANSFER',
  'EXPENDITURE',
  'REVERSAL',
  'REFUND',
  'CARRY_OUT',
  'CARRY_IN',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const EntryKinds = choice('EntryKind', ENTRY_KINDS, '分录类别。What a fact of a budget does.', {
  OPENING: '年初预算。The opening amount of a line; it adds to the budget.',
  SUPPLEMENT: '追加。It adds to the budget.',
  REDUCTION: '追减。It takes from the budget.',
  TRANSFER: '调剂。It moves an amount from one line to another; the total stays.',
  EXPENDITURE: '支出。It adds to the executed amount.',
  REVERSAL: '冲销。It takes an expenditure, or a part of it, back from the executed amount.',
  REFUND: '收回、退款。Money that came back and belongs to no one expenditure; it takes from the executed amount.',
  CARRY_OUT: '结转出。A later year takes over what the line has left; it adds to the amount that was carried out.',
  CARRY_IN: '结转入。What an earlier year had left; it adds to the budget.',
});

/** One fact of a budget, as its corrections restate it. It keeps the position of its first recording. */
export interface BudgetFact extends Dated, FactDetails {
  readonly kind: EntryKind;
  /** The id of the event that recorded it. */
  readonly changeId: string;
  readonly line: string;
  /** Never negative: the kind says whether it adds or takes. */
  readonly amount: Fen;
  readonly amountFirstRecorded: Fen;
  /** A correction set its amount to 0: it never happened. */
  readonly withdrawn: boolean;
  /** It was recorded or corrected knowingly to more than its line had left. */
  readonly overrun: boolean;
  readonly effectiveAtFirstRecorded: Instant;
  /** The place among the facts of one change. */
  readonly ordinal: number;
  /** The positions of its corrections, in order of recording. */
  readonly corrections: readonly bigint[];
  /** The ids of the events that reversed it, in order of recording, with those that were withdrawn later. */
  readonly reversals: readonly string[];
  readonly documentNo?: string;
}

/** What only some kinds of fact have. */
interface FactDetails {
  /** The receiving line of a transfer. */
  readonly toLine?: string;
  /** The line that the fact adds to the budget. */
  readonly newLine?: LineDefinition;
  /** Only if the fact is a reversal: the id of the event that recorded the expenditure. */
  readonly reverses?: string;
  readonly counterpart?: Counterpart;
  readonly payee?: string;
  readonly payer?: string;
  readonly memo?: string;
}

/** Of a carry-out the carry-in, and the other way round. */
export interface Counterpart {
  readonly fiscalYear: number;
  readonly line: string;
  /** The id of the event that carried out, in either case. */
  readonly carryOut: string;
}

/** The kinds of fact of which one event records several, one for each line. */
const KINDS_BY_LINE: ReadonlySet<EntryKind> = new Set<EntryKind>(['OPENING', 'CARRY_OUT', 'CARRY_IN']);

/** The key of a fact within its budget. The change does not identify a fact that is one of several. */
export const factKey = (changeId: string, kind: EntryKind, line: string): string =>
  KINDS_BY_LINE.has(kind) ? keyByLine(changeId, line) : changeId;

export const keyByLine = (changeId: string, line: string): string => `${changeId}/${line}`;

export const keyOf = ({ changeId, kind, line }: BudgetFact): string => factKey(changeId, kind, line);

/** The facts that an event records, as first recorded. */
export function factsOf(event: FactEvent): readonly BudgetFact[] {
  switch (event.type) {
    case 'BudgetApproved':
      return event.data.lines.map(({ amount, ...newLine }, ordinal) =>
        fact(event, 'OPENING', { line: newLine.code, amount, ordinal, newLine }),
      );
    case 'BudgetSupplemented':
      return [fact(event, 'SUPPLEMENT', event.data)];
    case 'BudgetReduced':
      return [fact(event, 'REDUCTION', event.data)];
    case 'BudgetTransferred':
      return [fact(event, 'TRANSFER', { ...event.data, line: event.data.fromLine })];
    case 'ExpenditureRecorded':
      return [fact(event, 'EXPENDITURE', event.data)];
    case 'ExpenditureReversed':
      return [fact(event, 'REVERSAL', { ...event.data, reverses: event.data.expenditure })];
    case 'RefundRecorded':
      return [fact(event, 'REFUND', event.data)];
    case 'BudgetCarriedOut': {
      const { toFiscalYear: fiscalYear, lines } = event.data;
      return lines.map(({ line, amount, toLine }, ordinal) =>
        fact(event, 'CARRY_OUT', {
          line,
          amount,
          ordinal,
          counterpart: { fiscalYear, line: toLine, carryOut: event.id },
        }),
      );
    }
    case 'BudgetCarriedIn': {
      const { carryOut, fromFiscalYear: fiscalYear, lines } = event.data;
      return lines.map(({ line, amount, fromLine, newLine }, ordinal) =>
        fact(event, 'CARRY_IN', {
          line,
          amount,
          ordinal,
          newLine,
          counterpart: { fiscalYear, line: fromLine, carryOut },
        }),
      );
    }
  }
}

/** What a fact adds to the lines that it touches. */
export function postingsOf({ kind, changeId, line, toLine, amount }: BudgetFact): readonly Posting[] {
  switch (kind) {
    case 'OPENING':
      return [{ line, measure: 'opening', amount }];
    case 'SUPPLEMENT':
      return [{ line, measure: 'adjustment', amount }];
    case 'REDUCTION':
      return [{ line, measure: 'adjustment', amount: -amount }];
    case 'TRANSFER':
      if (toLine === undefined) throw new CorruptLedger(`The transfer ${changeId} has no line that receives`);
      return [
        { line, measure: 'adjustment', amount: -amount },
        { line: toLine, measure: 'adjustment', amount },
      ];
    case 'EXPENDITURE':
      return [{ line, measure: 'executed', amount }];
    case 'REVERSAL':
    case 'REFUND':
      return [{ line, measure: 'executed', amount: -amount }];
    case 'CARRY_OUT':
      return [{ line, measure: 'carriedOut', amount }];
    case 'CARRY_IN':
      return [{ line, measure: 'adjustment', amount }];
  }
}

interface Recorded extends FactDetails {
  readonly line: string;
  /** In yuan. */
  readonly amount: string;
  readonly overrun?: boolean;
  readonly ordinal?: number;
}

/** Shared by all facts that have none: lists of their own would take more memory than their amounts. */
const NONE: readonly never[] = [];

/** Every fact has the same keys in the same order: engines read such objects fastest. */
function fact(
  { id, position, metadata }: Pick<BudgetEvent, 'id' | 'position' | 'metadata'>,
  kind: EntryKind,
  {
    line,
    toLine,
    amount: yuan,
    newLine,
    reverses,
    counterpart,
    payee,
    payer,
    memo,
    overrun = false,
    ordinal = 0,
  }: Recorded,
): BudgetFact {
  const amount = readYuan(yuan);
  const effectiveAt = readInstant(metadata.effectiveAt);
  return {
    kind,
    changeId: id,
    line,
    toLine,
    amount,
    amountFirstRecorded: amount,
    withdrawn: false,
    overrun,
    effectiveAt,
    effectiveAtFirstRecorded: effectiveAt,
    position,
    ordinal,
    corrections: NONE,
    newLine,
    reverses,
    reversals: NONE,
    counterpart,
    payee,
    payer,
    memo,
    documentNo: metadata.documentNo,
  };
}
