import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Point } from '../../../graphql/series';
import { MoneyUnit, readYuan } from '../../../kernel/money';
import { Instant } from '../../../kernel/time';
import { revisedIn, TotalsView } from '../views';
import { inUnit, UnitArg } from './amounts';

@ObjectType('BudgetPoint', { description: '预算序列点。The amounts of a budget at one moment.' })
export class BudgetPointType {
  constructor(private readonly point: Point<TotalsView>) {}

  @Field(() => DateTimeScalar, { simple: true })
  get at(): Instant {
    return this.point.at;
  }

  @Field(() => DecimalScalar, { description: '年初预算。' })
  opening(@UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(this.point.view.opening), unit);
  }

  @Field(() => DecimalScalar, { description: '全年预算(调整后)。' })
  revised(@UnitArg() unit: MoneyUnit): string {
    return inUnit(revisedIn(this.point.view), unit);
  }

  @Field(() => DecimalScalar, { description: '执行数。' })
  executed(@UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(this.point.view.executed), unit);
  }
}
