import { readYuan } from '../../language/money';

/** The budget at the end of a month. Amounts are exact, in yuan. */
export interface MonthEnd {
  readonly at: string;
  readonly revised: string;
  readonly executed: string;
}

export interface Month {
  /** From 1. */
  readonly month: number;
  /** Spent in the month, less what came back in it. */
  readonly executed: bigint;
  /** From the beginning of the year to the end of the month. */
  readonly executedSoFar: bigint;
  readonly revised: bigint;
  /** In percent, with 2 decimals; null if the budget is 0. */
  readonly rate: string | null;
  /** How much of the year has passed, in percent. */
  readonly timePassed: string;
}

const MONTHS = 12n;

/** The months of a year until the moment, and later ones if something was spent in them. */
export function monthsOf(ends: readonly MonthEnd[], until: string): readonly Month[] {
  const months = ends.map(({ executed, revised }, index): Month => {
    const [soFar, before] = [readYuan(executed), readYuan(ends[index - 1]?.executed ?? '0')];
    const budget = readYuan(revised);
    return {
      month: index + 1,
      executed: soFar - before,
      executedSoFar: soFar,
      revised: budget,
      rate: percent(soFar, budget),
      timePassed: percent(BigInt(index + 1), MONTHS) ?? '',
    };
  });
  const isBegun = (index: number): boolean => index === 0 || (ends[index - 1] as MonthEnd).at < until;
  const shown = months.findLastIndex(({ executed }, index) => executed !== 0n || isBegun(index)) + 1;
  return months.slice(0, shown);
}

/** Part of whole with 2 decimals, rounded half away from zero; null if the whole is 0. */
export function percent(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null;
  const scaled = part * 10_000n;
  const [dividend, divisor] = [scaled < 0n ? -scaled : scaled, whole < 0n ? -whole : whole];
  const hundredths = (2n * dividend + divisor) / (2n * divisor);
  const sign = hundredths !== 0n && part < 0n !== whole < 0n ? '-' : '';
  const digits = hundredths.toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
