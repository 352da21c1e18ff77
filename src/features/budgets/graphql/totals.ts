import { Ctx, Extensions, Field, Int, ObjectType, Resolver } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { ListExtensions } from '../../../graphql/execution/metered-lists';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { inputObject } from '../../../input/field';
import { anyOf, code, fiscalYear, list, object, oneOf, optional, orDefault } from '../../../input/fields';
import { INPUT_BOUNDS } from '../../../kernel/limits';
import { Scope } from '../../../reading/scope';
import { anyOfChoice } from '../../shared/fields';
import { FundSources } from '../choices';
import { DimensionKey, TOTALS_DIMENSIONS, TotalsDimension, TotalsDimensions } from '../sums/dimensions';
import { SumRow } from '../sums/sum-table';
import { sumsOfYear } from '../sums/sums';
import { TotalsView, viewTotals } from '../views';
import { Amounts, HasTotals } from './amounts';

const NO_DIMENSIONS: readonly TotalsDimension[] = [];

const TotalsFilter = inputObject(
  'TotalsFilter',
  '汇总条件：同时满足所有条件；空列表不匹配任何一项。Which lines are summed: those that meet all of the conditions. An empty list matches none.',
  {
    departments: optional(
      anyOf(
        code(),
        { most: INPUT_BOUNDS.maxFilterValues },
        '这些部门的预算；不填则不限。Of the budgets of these departments; left out: of every one.',
      ),
    ),
    fundSources: anyOfChoice(FundSources),
  },
);

const TotalsArguments = fieldArguments(
  {
    fiscalYear: fiscalYear(
      '预算年度，1949 至 9998；超出为 BAD_USER_INPUT。The fiscal year, from 1949 to 9998; any other: BAD_USER_INPUT.',
    ),
    by: orDefault(
      list(
        oneOf(TotalsDimensions),
        { most: TOTALS_DIMENSIONS.length },
        '汇总维度，不得重复；没有维度则为一行。The dimensions of the rows, each at most once: else BAD_USER_INPUT. Without a dimension there is one row.',
      ),
      NO_DIMENSIONS,
    ),
    filter: optional(object(TotalsFilter)),
  },
  ({ by = NO_DIMENSIONS }, { refuse }) => {
    for (const [index, dimension] of by.entries()) {
      if (by.indexOf(dimension) < index) refuse(`/by/${index}`, 'names a dimension that is named before');
    }
  },
);

@ObjectType('TotalsRow', {
  implements: [Amounts],
  description:
    '汇总行：各维度取值相同的预算明细之和，精确到分。The sums over the budget lines that have the same value of each dimension, exact to the fen.',
})
export class TotalsRowType implements HasTotals {
  readonly totals: TotalsView;

  constructor(private readonly row: SumRow) {
    this.totals = viewTotals(row.totals);
  }

  @Field(() => [String], {
    nullable: 'items',
    simple: true,
    description:
      '各维度的取值，按所求维度的次序；明细没有该值时为 null。One value for each dimension asked for, in that order; null if the lines have none, such as no function code.',
  })
  get keys(): readonly DimensionKey[] {
    return this.row.keys;
  }

  @Field(() => Int, {
    simple: true,
    description:
      '该行涉及的预算个数；各行之和可能大于预算总数。The budgets that have a line in the row. Over the rows they do not add up, because a budget can be in several.',
  })
  get budgets(): number {
    return this.row.budgets;
  }
}

@Resolver(() => SnapshotType)
export class TotalsQueries {
  @RootField(() => [TotalsRowType], {
    nullable: true,
    description:
      '汇总：按维度对预算明细求和，精确，按快照的两个时钟。只要账上有明细具有某一组合，该组合就有一行，无论何者生效；按取值的文本逐维排列，null 在后。没有维度时为一行，没有预算时为 0。各行金额之和等于全部预算之和。行数超过 maxTotalsRows：LIMIT_EXCEEDED。The sums over the lines of the budgets of a fiscal year, exact, at both clocks of the snapshot. There is a row for each combination of values that a line on record has, whatever is in force, by key, dimension by dimension, as text, null last. Without a dimension there is one row, of 0 without budgets. The amounts of the rows add up to those of the budgets. More rows than maxTotalsRows: LIMIT_EXCEEDED.',
  })
  @Extensions({ hasOwnLimit: true } satisfies ListExtensions)
  async totals(
    @Arguments(TotalsArguments) { fiscalYear, by, filter }: ArgumentsOf<typeof TotalsArguments>,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<readonly TotalsRowType[]> {
    const rows = await sumsOfYear(scope, { fiscalYear, by, ...filter }, services.limits);
    return rows.map((row) => new TotalsRowType(row));
  }
}
