import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../../graphql/node-type';
import { connectionTypes } from '../../../graphql/pages';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { Reading } from '../../../reading/scope';
import { FISCAL_YEAR } from '../../../graphql/shared-descriptions';
import { ExpenditureKind, FundSource, FundVintage } from '../events';
import { budgetFold, BudgetRecord } from '../record';
import { BudgetLineView, BudgetView, TotalsView, viewBudget } from '../views';
import { Amounts, HasTotals } from './amounts';
import { EXPENDITURE_KIND, FUND_SOURCE, LINE_CODE, VINTAGE } from './descriptions';
import { ExpenditureKindEnum, FundSourceEnum, FundVintageEnum } from './enums';

export const budgetReading: Reading<BudgetRecord, BudgetView> = { ...budgetFold, view: viewBudget };

@ObjectType('BudgetLine', {
  implements: [Amounts],
  description:
    '预算明细：自始存在，金额随事实变化。A line of a budget. It is true from the beginning, and its amounts follow the facts.',
})
export class BudgetLineType implements HasTotals {
  constructor(readonly totals: BudgetLineView) {}

  @Field(() => ID, { simple: true, description: LINE_CODE })
  get code(): string {
    return this.totals.definition.code;
  }

  @Field(() => String, { simple: true, description: '明细名称。The name of the line.' })
  get name(): string {
    return this.totals.definition.name;
  }

  @Field(() => FundSourceEnum, { simple: true, description: FUND_SOURCE })
  get fundSource(): FundSource {
    return this.totals.definition.fundSource;
  }

  @Field(() => FundVintageEnum, { simple: true, description: VINTAGE })
  get vintage(): FundVintage {
    return this.totals.definition.vintage;
  }

  @Field(() => ExpenditureKindEnum, { simple: true, description: EXPENDITURE_KIND })
  get expenditureKind(): ExpenditureKind {
    return this.totals.definition.expenditureKind;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '功能分类科目：3、5 或 7 位数字。The functional class: 3, 5 or 7 digits.',
  })
  get functionCode(): string | undefined {
    return this.totals.definition.functionCode;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '经济分类科目：3 或 5 位数字。The economic class: 3 or 5 digits.',
  })
  get economicCode(): string | undefined {
    return this.totals.definition.economicCode;
  }

  @Field(() => String, { nullable: true, simple: true, description: '项目代码。The code of the project.' })
  get projectCode(): string | undefined {
    return this.totals.definition.projectCode;
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

export const BudgetConnection = connectionTypes(
  'Budget',
  () => BudgetType,
  '预算分页，按代码排列，游标为代码，即 部门.年度。A page of budgets, by code; a cursor is a code, DEPARTMENT.YEAR',
);
export type BudgetConnection = InstanceType<typeof BudgetConnection>;
