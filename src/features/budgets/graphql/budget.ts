import { Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../../graphql/enums';
import { Node } from '../../../graphql/node-type';
import { connectionTypes, countedConnectionTypes } from '../../../graphql/pages';
import { payloadType } from '../../../graphql/payload';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { FISCAL_YEAR } from '../../shared/descriptions';
import { ExpenditureKinds, FundSources, FundVintages } from '../choices';
import { ECONOMIC_CODE, EXPENDITURE_KIND, FUNCTION_CODE, FUND_SOURCE, LINE_CODE, VINTAGE } from '../descriptions';
import { ExpenditureKind, FundSource, FundVintage, LineDefinition } from '../events';
import { BudgetLineView, BudgetView, TotalsView } from '../views';
import { Amounts, HasTotals } from './amounts';

const FundSourceEnum = enumOf(FundSources);
const FundVintageEnum = enumOf(FundVintages);
const ExpenditureKindEnum = enumOf(ExpenditureKinds);

@ObjectType('BudgetLine', {
  implements: [Amounts],
  description:
    '预算明细：自始存在，金额随事实变化。A line of a budget. It is true from the beginning, and its amounts follow the facts.',
})
export class BudgetLineType implements HasTotals, LineDefinition {
  @Field(() => ID, { simple: true, description: LINE_CODE })
  readonly code!: string;

  @Field(() => String, { simple: true, description: '明细名称。The name of the line.' })
  readonly name!: string;

  @Field(() => FundSourceEnum, { simple: true, description: FUND_SOURCE })
  readonly fundSource!: FundSource;

  @Field(() => FundVintageEnum, { simple: true, description: VINTAGE })
  readonly vintage!: FundVintage;

  @Field(() => ExpenditureKindEnum, { simple: true, description: EXPENDITURE_KIND })
  readonly expenditureKind!: ExpenditureKind;

  @Field(() => String, { nullable: true, simple: true, description: FUNCTION_CODE })
  readonly functionCode?: string;

  @Field(() => String, { nullable: true, simple: true, description: ECONOMIC_CODE })
  readonly economicCode?: string;

  @Field(() => String, { nullable: true, simple: true, description: '项目代码。The code of the project.' })
  readonly projectCode?: string;

  constructor(readonly totals: BudgetLineView) {
    Object.assign(this, totals.definition);
  }
}

@ObjectType('Budget', {
  implements: [Node, Recorded, Amounts],
  description:
    "部门预算：部门在一个预算年度的预算，名称为 部门.年度。A department's budget of one fiscal year, named DEPARTMENT.YEAR.",
})
export class BudgetType extends EntityNode<BudgetView> implements HasTotals {
  get totals(): TotalsView {
    return this.view;
  }

  @Field(() => Int, { simple: true, description: FISCAL_YEAR })
  get fiscalYear(): number {
    return this.view.fiscalYear;
  }

  @Field(() => Boolean, {
    simple: true,
    description:
      '是否已关账；关账后只接受更正与冲销。Whether the budget is closed; it then takes only corrections and reversals.',
  })
  get closed(): boolean {
    return this.view.closed;
  }

  @Field(() => [String], {
    simple: true,
    description: '绩效目标，随预算批复。The performance goals that were approved with the budget.',
  })
  get goals(): readonly string[] {
    return this.view.goals;
  }
}

export const BudgetLineConnection = connectionTypes(
  'BudgetLine',
  () => BudgetLineType,
  '预算明细分页，按代码排列，游标为代码。A page of budget lines, by code; a cursor is a code',
);
export type BudgetLineConnection = InstanceType<typeof BudgetLineConnection>;

export const GoalConnection = connectionTypes<string>(
  'Goal',
  () => String,
  '绩效目标分页。A page of performance goals; a cursor is the number of a goal, from 1',
);
export type GoalConnection = InstanceType<typeof GoalConnection>;

export const BudgetPayload = payloadType('Budget', BudgetType, '预算写入结果。The result of a write to a budget.');

export const BudgetConnection = countedConnectionTypes(
  'Budget',
  () => BudgetType,
  '预算分页。按代码排列时，游标为代码，即 部门.年度。A page of budgets. If they are ordered by code, a cursor is a code, DEPARTMENT.YEAR',
);
export type BudgetConnection = InstanceType<typeof BudgetConnection>;
