import { Fen } from '../../kernel/money';

export interface Totals {
  readonly opening: Fen;
  readonly adjustment: Fen;
  readonly executed: Fen;
}

export const NOTHING: Totals = { opening: 0n, adjustment: 0n, executed: 0n };

/** What may still be spent; negative if more is executed than the revised amount. */
export const remainingIn = ({ opening, adjustment, executed }: Totals): Fen => opening + adjustment - executed;

/** What a fact adds to one of the lines that it touches. */
export interface Posting {
  readonly line: string;
  readonly measure: keyof Totals;
  readonly amount: Fen;
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

export const together = (a: Totals, b: Totals): Totals => ({
  opening: a.opening + b.opening,
  adjustment: a.adjustment + b.adjustment,
  executed: a.executed + b.executed,
});
