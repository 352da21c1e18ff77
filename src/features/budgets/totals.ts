import { Fen } from '../../kernel/money';

export interface Totals {
  readonly opening: Fen;
  readonly adjustment: Fen;
  readonly executed: Fen;
  /** What a later year has taken over. No other figure of the year that it is from depends on it. */
  readonly carriedOut: Fen;
}

export const NOTHING: Totals = { opening: 0n, adjustment: 0n, executed: 0n, carriedOut: 0n };

/** What may still be spent; negative if more is executed than the revised amount. */
export const remainingIn = ({ opening, adjustment, executed }: Totals): Fen => opening + adjustment - executed;

/** What a later year may still take over; negative if a correction left less than was carried out. */
export const carriableIn = (totals: Totals): Fen => remainingIn(totals) - totals.carriedOut;

/** What a fact adds to one of the lines that it touches. */
export interface Posting {
  readonly line: string;
  readonly measure: keyof Totals;
  readonly amount: Fen;
}

export function plus(
  { opening, adjustment, executed, carriedOut }: Totals,
  measure: keyof Totals,
  amount: Fen,
): Totals {
  switch (measure) {
    case 'opening':
      return { opening: opening + amount, adjustment, executed, carriedOut };
    case 'adjustment':
      return { opening, adjustment: adjustment + amount, executed, carriedOut };
    case 'executed':
      return { opening, adjustment, executed: executed + amount, carriedOut };
    case 'carriedOut':
      return { opening, adjustment, executed, carriedOut: carriedOut + amount };
  }
}

export const together = (a: Totals, b: Totals): Totals => ({
  opening: a.opening + b.opening,
  adjustment: a.adjustment + b.adjustment,
  executed: a.executed + b.executed,
  carriedOut: a.carriedOut + b.carriedOut,
});
