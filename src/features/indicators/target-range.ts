import { CheckContext } from '../../input/field';
import { compareDecimals, Decimal } from '../../kernel/decimal';

/** Refuses an upper end below the lower end, if both are given. */
export function refuseEmptyRange(
  { target, targetUpper }: { readonly target?: Decimal; readonly targetUpper?: Decimal },
  context: CheckContext,
): void {
  if (target !== undefined && targetUpper !== undefined && compareDecimals(target, targetUpper) > 0) {
    context.refuse('/targetUpper', 'must not be less than target');
  }
}
