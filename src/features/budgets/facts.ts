import { Dated } from '../../kernel/effective-order';
import { Fen } from '../../kernel/money';
import { Instant } from '../../kernel/time';

export const ENTRY_KINDS = ['OPENING', 'SUPPLEMENT', 'REDUCTION', 'TRANSFER', 'EXPENDITURE', 'REVERSAL'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * One fact of a budget as the record has it: restated by its corrections, at the position of its first recording. An
 * approval is one fact a line.
 */
export interface BudgetFact extends Dated {
  readonly kind: EntryKind;
  /** The id of the event that recorded it. */
  readonly changeId: string;
  readonly line: string;
  /** The receiving line of a transfer. */
  readonly toLine?: string;
  /** Never negative: the kind says which way it goes. */
  readonly amount: Fen;
  readonly amountFirstRecorded: Fen;
  /** Restated as 0: it never happened. */
  readonly withdrawn: boolean;
  readonly effectiveAtFirstRecorded: Instant;
  /** The place among the facts of one change. */
  readonly ordinal: number;
  /** The positions of its corrections, in order of recording. */
  readonly corrections: readonly bigint[];
  /** Of a reversed expenditure: the change that reversed it. */
  readonly reversedBy?: string;
  readonly payee?: string;
  readonly memo?: string;
  readonly documentNo?: string;
}

/** The key of a fact within its budget. The change alone does not name a fact: an approval has several. */
export const factKey = (changeId: string, kind: EntryKind, line: string): string =>
  kind === 'OPENING' ? `${changeId}/${line}` : changeId;

export interface Totals {
  readonly opening: Fen;
  readonly adjustment: Fen;
  readonly executed: Fen;
}

export const NOTHING: Totals = { opening: 0n, adjustment: 0n, executed: 0n };

/** What a fact does to one of the lines that it touches. */
export interface Posting {
  readonly line: string;
  readonly measure: keyof Totals;
  readonly amount: Fen;
}

export function postingsOf({ kind, line, toLine, amount }: BudgetFact): readonly Posting[] {
  switch (kind) {
    case 'OPENING':
      return [{ line, measure: 'opening', amount }];
    case 'SUPPLEMENT':
      return [{ line, measure: 'adjustment', amount }];
    case 'REDUCTION':
      return [{ line, measure: 'adjustment', amount: -amount }];
    case 'TRANSFER':
      return [
        { line, measure: 'adjustment', amount: -amount },
        { line: toLine as string, measure: 'adjustment', amount },
      ];
    case 'EXPENDITURE':
      return [{ line, measure: 'executed', amount }];
    case 'REVERSAL':
      return [{ line, measure: 'executed', amount: -amount }];
  }
}

export function plus({ opening, adjustment, executed }: Totals, measure: keyof Totals, amount: Fen): Totals {
  switch (measure) {
    case 'opening':
      return { opening: opening + amount, adjustment, executed };
    case 'adjustment':
      return { opening, adjustment: adjustment + amount, executed };
    case 'executed':
      return { opening, adjustment, executed: executed + amount };
  }
}
