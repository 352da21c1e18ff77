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

export const plus = (a: Totals, b: Totals): Totals => ({
  opening: a.opening + b.opening,
  adjustment: a.adjustment + b.adjustment,
  executed: a.executed + b.executed,
});

export const minus = (a: Totals, b: Totals): Totals => ({
  opening: a.opening - b.opening,
  adjustment: a.adjustment - b.adjustment,
  executed: a.executed - b.executed,
});

/** What a fact does to the lines it touches. */
export function effectsOf({ kind, line, toLine, amount }: BudgetFact): readonly (readonly [string, Totals])[] {
  switch (kind) {
    case 'OPENING':
      return [[line, { ...NOTHING, opening: amount }]];
    case 'SUPPLEMENT':
      return [[line, { ...NOTHING, adjustment: amount }]];
    case 'REDUCTION':
      return [[line, { ...NOTHING, adjustment: -amount }]];
    case 'TRANSFER':
      return [
        [line, { ...NOTHING, adjustment: -amount }],
        [toLine as string, { ...NOTHING, adjustment: amount }],
      ];
    case 'EXPENDITURE':
      return [[line, { ...NOTHING, executed: amount }]];
    case 'REVERSAL':
      return [[line, { ...NOTHING, executed: -amount }]];
  }
}
