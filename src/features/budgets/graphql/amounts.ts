import { Arg, FieldResolver, InterfaceType, Resolver, Root } from 'type-graphql';
import { DecimalScalar } from '../../../graphql/scalars';
import { percentage } from '../../../kernel/decimal';
import { Fen, formatAmount, MoneyUnit, readYuan } from '../../../kernel/money';
import { revisedIn, TotalsView } from '../views';
import { MoneyUnitEnum } from './enums';

export const UnitArg = (): ParameterDecorator =>
  Arg('unit', () => MoneyUnitEnum, {
    nullable: true,
    defaultValue: MoneyUnitEnum.YUAN,
    description: '单位。Of the amount, which is exact in each.',
  }) as ParameterDecorator;

/** The unit that an amount is asked for in: an explicit null means the default. */
export const inUnit = (amount: Fen, unit: MoneyUnit | null | undefined): string => formatAmount(amount, unit ?? 'YUAN');

@InterfaceType({ description: '金额。The amounts that a budget and each of its lines have alike.' })
export abstract class Amounts {}

/** What the classes of that interface have: exact amounts, in yuan. */
export interface HasTotals {
  readonly totals: TotalsView;
}

@Resolver(() => Amounts)
export class AmountsResolver {
  @FieldResolver(() => DecimalScalar, { description: '年初预算。' })
  opening(@Root() { totals }: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(totals.opening), unit);
  }

  @FieldResolver(() => DecimalScalar, { description: '调整。revised - opening.' })
  adjustment(@Root() { totals }: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(totals.adjustment), unit);
  }

  @FieldResolver(() => DecimalScalar, { description: '全年预算(调整后)。' })
  revised(@Root() amounts: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(revised(amounts), unit);
  }

  @FieldResolver(() => DecimalScalar, { description: '执行数。Less reversals.' })
  executed(@Root() { totals }: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(totals.executed), unit);
  }

  @FieldResolver(() => DecimalScalar, {
    description: '结余。revised - executed. May be negative under effectiveAt: rules are judged on the record.',
  })
  remaining(@Root() amounts: HasTotals, @UnitArg() unit: MoneyUnit): string {
    return inUnit(revised(amounts) - readYuan(amounts.totals.executed), unit);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: '执行率。executed / revised, in percent; null when revised is 0.',
  })
  executionRate(@Root() amounts: HasTotals): string | null {
    return percentage(readYuan(amounts.totals.executed), revised(amounts));
  }
}

const revised = ({ totals }: HasTotals): Fen => revisedIn(totals);
