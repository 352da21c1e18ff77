import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Point } from '../../../reading/series';
import { POINT_MOMENT } from '../../shared/descriptions';
import { MoneyUnit, readYuan } from '../../../kernel/money';
import { Instant } from '../../../kernel/time';
import { EXECUTED, OPENING, REVISED } from '../descriptions';
import { revisedIn, TotalsView } from '../views';
import { inUnit, UnitArg } from './amounts';

@ObjectType('BudgetPoint', { description: '预算序列点：某一时点的预算金额。The amounts of a budget at one moment.' })
export class BudgetPointType {
  constructor(private readonly point: Point<TotalsView>) {}

  @Field(() => DateTimeScalar, { simple: true, description: POINT_MOMENT })
  get at(): Instant {
    return this.point.at;
  }

  @Field(() => DecimalScalar, { description: OPENING })
  opening(@UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(this.point.view.opening), unit);
  }

  @Field(() => DecimalScalar, { description: REVISED })
  revised(@UnitArg() unit: MoneyUnit): string {
    return inUnit(revisedIn(this.point.view), unit);
  }

  @Field(() => DecimalScalar, { description: EXECUTED })
  executed(@UnitArg() unit: MoneyUnit): string {
    return inUnit(readYuan(this.point.view.executed), unit);
  }
}
