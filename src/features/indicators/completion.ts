import { compareDecimals, Decimal, percentage, signOf } from '../../kernel/decimal';
import { IndicatorDirection } from './events';

/** What the completion rate of an indicator is calculated from. */
export interface Completion {
  readonly direction: IndicatorDirection;
  readonly target?: Decimal;
  readonly targetUpper?: Decimal;
  readonly latest?: { readonly value?: Decimal };
}

const MET = '100.00';
const MISSED = '0.00';

/**
 * In percent with 2 decimals, not capped. AT_LEAST and AT_MOST are ratios. They are null if the target is not above 0 or the value
 * is below 0, because such a ratio grows when the result gets worse. EQUAL and RANGE only compare, so they take any numbers.
 */
export function completionRate({ direction, target, targetUpper, latest }: Completion): Decimal | null {
  const value = latest?.value;
  if (value === undefined || target === undefined) return null;
  switch (direction) {
    case 'AT_LEAST':
      return isRatioMeaningful(value, target) ? percentage(value, target) : null;
    case 'AT_MOST':
      return isRatioMeaningful(value, target) ? percentage(target, value) : null;
    case 'EQUAL':
      return compareDecimals(value, target) === 0 ? MET : MISSED;
    case 'RANGE': {
      if (targetUpper === undefined) return null;
      return compareDecimals(target, value) <= 0 && compareDecimals(value, targetUpper) <= 0 ? MET : MISSED;
    }
    case 'QUALITATIVE':
      return null;
  }
}

const isRatioMeaningful = (value: Decimal, target: Decimal): boolean => signOf(target) > 0 && signOf(value) >= 0;
