import { Decimal } from '../kernel/decimal';

/** What scores are computed from: figures of the ledger as of one moment. */
export interface Figures {
  /** Of the department's budget for the year; undefined if there is none. */
  readonly budget?: BudgetFigures;
  /** The indicators of the department and year, by code. */
  readonly indicators: ReadonlyMap<string, IndicatorFigures>;
  /** The indicators that the evaluation names for lines without a class, by the code of the line. */
  readonly indicatorOfLine: ReadonlyMap<string, string>;
}

/** Amounts in yuan. */
export interface BudgetFigures {
  readonly opening: Decimal;
  readonly revised: Decimal;
  readonly executed: Decimal;
}

export interface IndicatorFigures {
  readonly code: string;
  readonly level1: string;
  readonly level2: string;
  readonly direction: 'AT_LEAST' | 'AT_MOST' | 'EQUAL' | 'RANGE' | 'QUALITATIVE';
  readonly target?: Decimal;
  readonly targetUpper?: Decimal;
  readonly points?: Decimal;
  /** Of the latest observation. */
  readonly value?: Decimal;
  readonly qualifier?: string;
  readonly retired: boolean;
}
