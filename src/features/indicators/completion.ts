import { compareDecimals, Decimal, percentage } from '../../kernel/decimal';
import { IndicatorDirection } from './events';

/** What the completion rate of an indicator is made of. */
export interface Completion {
  readonly direction: IndicatorDirection;
  readonly target?: Decimal;
  readonly targetUpper?: Decimal;
  readonly latest?: { readonly value?: Decimal };
}

const MET = '100.00';
const MISSED = '0.00';

/** In percent with 2 decimals, not capped; null where there is nothing to divide, or nothing to divide by. */
export function completionRate({ direction, target, targetUpper, latest }: Completion): Decimal | null {
  const value = latest?.value;
  if (value === undefined || target === undefined) return null;
  switch (direction) {
    case 'AT_LEAST':
      return percentage(value, target);
    case 'AT_MOST':
      return percentage(target, value);
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
