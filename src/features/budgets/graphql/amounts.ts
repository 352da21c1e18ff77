import { Arg, FieldResolver, InterfaceType, Resolver, Root } from 'type-graphql';
import { enumOf } from '../../../graphql/enums';
import { DecimalScalar } from '../../../graphql/scalars';
import { MoneyUnits } from '../../../input/fields';
import { percentage } from '../../../kernel/decimal';
import { Fen, formatAmount, MoneyUnit, readYuan } from '../../../kernel/money';
import { EXECUTED, OPENING, REVISED, UNIT_ANSWERED } from '../descriptions';
import { carriedOutIn, revisedIn, TotalsView } from '../views';

const MoneyUnitEnum = enumOf(MoneyUnits);
const DEFAULT_UNIT: MoneyUnit = 'YUAN';

export const UnitArg = (): ParameterDecorator =>
  Arg('unit', () => MoneyUnitEnum, {
    nullable: true,
    defaultValue: DEFAULT_UNIT,
    description: UNIT_ANSWERED,
  }) as ParameterDecorator;

/** The amount in the unit that the client asks for. An explicit null means the default. */
export const inUnit = (amount: Fen, unit: MoneyUnit | null | undefined): string =>
  formatAmount(amount, unit ?? DEFAULT_UNIT);

@InterfaceType({ description: '金额：预算与每条明细共有的金额。The amounts that a budget and each of its lines have.' })
export abstract class Amounts {}

/** The classes that implement the interface have exact amounts, in yuan. */
export interface HasTotals {
  readonly totals: TotalsView;
}

@Resolver(() => Amounts)
export class AmountsResolver {
  @FieldResolver(() => DecimalScalar, { description: OPENING })
  opening(@Root() { totals }: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(totals.opening), unit);
  }

  @FieldResolver(() => DecimalScalar, {
    description:
      '调整，以 unit 为单位：revised - opening，可为负。The adjustment, in unit: revised - opening; it may be negative.',
  })
  adjustment(@Root() { totals }: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(totals.adjustment), unit);
  }

  @FieldResolver(() => DecimalScalar, { description: REVISED })
  revised(@Root() amounts: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(revised(amounts), unit);
  }

  @FieldResolver(() => DecimalScalar, { description: EXECUTED })
  executed(@Root() { totals }: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(totals.executed), unit);
  }

  @FieldResolver(() => DecimalScalar, {
    description:
      '结余，以 unit 为单位：revised - executed；超支时为负。规则按全部记录判断，因此按 effectiveAt 查询时也可为负。What remains, in unit: revised - executed. It is negative after an overrun. Rules are judged on the whole record, so it may be negative under effectiveAt too.',
  })
  remaining(@Root() amounts: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(revised(amounts) - readYuan(amounts.totals.executed), unit);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      '执行率：executed / revised，百分比，两位小数；revised 为 0 时为 null。The execution rate: executed / revised, in percent with 2 decimals; null if revised is 0.',
  })
  executionRate(@Root() amounts: HasTotals): string | null {
    return percentage(readYuan(amounts.totals.executed), revised(amounts));
  }

  @FieldResolver(() => DecimalScalar, {
    description:
      '已结转到以后年度的金额，以 unit 为单位；不影响其他金额。What later years have taken over, in unit. No other amount depends on it.',
  })
  carriedOut(@Root() { totals }: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(carriedOutIn(totals), unit);
  }
}

const revised = ({ totals }: HasTotals): Fen => revisedIn(totals);
