import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../../graphql/node-type';
import { connectionTypes } from '../../../graphql/pages';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { Reading } from '../../../graphql/scope';
import { ExpenditureKind, FundSource, FundVintage } from '../events';
import { budgetFold, BudgetRecord } from '../record';
import { BudgetLineView, BudgetView, TotalsView, viewBudget } from '../views';
import { Amounts, HasTotals } from './amounts';
import { ExpenditureKindEnum, FundSourceEnum, FundVintageEnum } from './enums';

export const budgetReading: Reading<BudgetRecord, BudgetView> = { ...budgetFold, view: viewBudget };

@ObjectType('BudgetLine', {
  implements: [Amounts],
  description: '预算明细。A line of a budget; true from the beginning, its amounts follow the facts.',
})
export class BudgetLineType implements HasTotals {
  constructor(readonly totals: BudgetLineView) {}

  @Field(() => ID, { simple: true })
  get code(): string {
    return this.totals.definition.code;
  }

  @Field(() => String, { simple: true })
  get name(): string {
    return this.totals.definition.name;
  }

  @Field(() => FundSourceEnum, { simple: true, description: '资金性质。' })
  get fundSource(): FundSource {
    return this.totals.definition.fundSource;
  }

  @Field(() => FundVintageEnum, { simple: true })
  get vintage(): FundVintage {
    return this.totals.definition.vintage;
  }

  @Field(() => ExpenditureKindEnum, { simple: true })
  get expenditureKind(): ExpenditureKind {
    return this.totals.definition.expenditureKind;
  }

  @Field(() => String, { nullable: true, simple: true, description: '功能分类科目。' })
  get functionCode(): string | undefined {
    return this.totals.definition.functionCode;
  }

  @Field(() => String, { nullable: true, simple: true, description: '经济分类科目。' })
  get economicCode(): string | undefined {
    return this.totals.definition.economicCode;
  }

  @Field(() => String, { nullable: true, simple: true, description: '项目代码。' })
  get projectCode(): string | undefined {
    return this.totals.definition.projectCode;
  }
}

@ObjectType('Budget', {
  implements: [Node, Recorded, Amounts],
  description: "部门预算。A department's budget of one fiscal year, named DEPARTMENT.YEAR.",
})
export class BudgetType extends EntityNode<BudgetView> implements HasTotals {
  get totals(): TotalsView {
    return this.view;
  }

  @Field(() => Int, { simple: true })
  get fiscalYear(): number {
    return this.view.fiscalYear;
  }

  @Field(() => Boolean, { simple: true, description: '已关账。A closed budget takes corrections and reversals only.' })
  get closed(): boolean {
    return this.view.closed;
  }

  @Field(() => [String], { simple: true, description: '绩效目标。Approved with the budget.' })
  get goals(): readonly string[] {
    return this.view.goals;
  }
}

export const BudgetConnection = connectionTypes(
  'Budget',
  () => BudgetType,
  'A page of budgets, by code; a cursor is a code, DEPARTMENT.YEAR',
);
export type BudgetConnection = InstanceType<typeof BudgetConnection>;
