import { Decimal } from '../kernel/decimal';
import { LocalDate } from '../kernel/time';
import { IndicatorFigures } from '../scoring/figures';

/** What is monitored: the figures of a department and year, and the day that they are compared with. */
export interface MonitoredFigures {
  readonly department: string;
  readonly fiscalYear: number;
  readonly day: LocalDate;
  /** undefined if the year has no budget. Amounts are in yuan. */
  readonly budget?: MonitoredAmounts & { readonly lines: readonly MonitoredLine[] };
  readonly indicators: readonly IndicatorFigures[];
}

export interface MonitoredAmounts {
  readonly revised: Decimal;
  readonly executed: Decimal;
}

export interface MonitoredLine extends MonitoredAmounts {
  readonly code: string;
  readonly name: string;
}
