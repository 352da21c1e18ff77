import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { enumOf } from '../../../graphql/enums';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { PAGE, PageArgs, PageArguments } from '../../../graphql/pages';
import { loadNode } from '../../../graphql/recorded';
import { SERIES_DESCRIPTION, SeriesArgs, SeriesArguments } from '../../../graphql/series';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { oneOf, optional } from '../../../input/fields';
import { Awaitable } from '../../../kernel/async';
import { yearCode } from '../../../kernel/codes';
import { filtering } from '../../../kernel/filtering';
import { longWork } from '../../../kernel/turns';
import { allOf, is } from '../../../reading/entity-filter';
import { pageOfList } from '../../../reading/lists/page-of-list';
import { pageOfItems, pageRequest } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { seriesOf } from '../../../reading/series';
import { DepartmentType, loadDepartment } from '../../departments';
import { DEPARTMENT_CODE, DEPARTMENT_OF_ENTITY, FISCAL_YEAR } from '../../shared/descriptions';
import { orderBy, orderingOf, SEARCH } from '../../shared/list-arguments';
import { bridgeOf } from '../bridge';
import { FundSources } from '../choices';
import { entryFilter } from '../entry-filter';
import { FundSource } from '../events';
import { loadLines } from '../lines';
import {
  ALL_BUDGETS,
  budgetListing,
  BudgetOrder,
  budgetSortFields,
  BudgetSummary,
  codesOfDepartments,
} from '../listing';
import { amountsReading, budgetReading } from '../readings';
import { datedBudgetFold } from '../effective';
import { BUDGET_FILTER } from '../table';
import { BudgetLineView, BudgetView, entryCursor, isEntryAt, viewEntries, viewEntry } from '../views';
import { BridgeStepConnection, BridgeStepType } from './bridge';
import { BudgetConnection, BudgetLineConnection, BudgetLineType, BudgetType, GoalConnection } from './budget';
import { EntryArgs, EntryArguments, EntryConnection, EntryType } from './entries';
import { BudgetPointType } from './point';

const FundSourceEnum = enumOf(FundSources);

const FUND_SOURCE_WANTED = '仅限该资金性质；不填则不限。Only lines with this source of money; left out: all.';
const LinesArguments = fieldArguments({
  ...PAGE,
  codes: SEARCH.codes,
  fundSource: optional(oneOf(FundSources, FUND_SOURCE_WANTED)),
});
type LinesArgs = ArgumentsOf<typeof LinesArguments>;
const BudgetArguments = fieldArguments({
  ...PAGE,
  ...BUDGET_FILTER,
  orderBy: orderBy(BudgetOrder),
});

@Resolver(() => SnapshotType)
export class BudgetQueries {
  @RootField(() => BudgetType, {
    nullable: true,
    description:
      '部门在该预算年度的预算；没有时为 null。The budget of a department for a fiscal year; null if there is none.',
  })
  budget(
    @Arg('department', () => ID, { description: DEPARTMENT_CODE }) department: string,
    @Arg('fiscalYear', () => Int, { description: FISCAL_YEAR }) fiscalYear: number,
    @AtScope() scope: Scope,
  ): Awaitable<BudgetType | undefined> {
    return loadBudget(scope, yearCode(department, fiscalYear));
  }

  @RootField(() => BudgetConnection, {
    nullable: true,
    description:
      '预算列表，同时满足所有条件；按 orderBy 排列，不填则按代码。The budgets that meet all of the conditions, in the order of orderBy, else by code.',
  })
  async budgets(
    @Arguments(BudgetArguments) args: ArgumentsOf<typeof BudgetArguments>,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<BudgetConnection> {
    const { departments, fiscalYear, closed } = args;
    const request = {
      members: ALL_BUDGETS,
      page: pageRequest(args, services.limits),
      codes: departments && (await codesOfDepartments(scope, departments, fiscalYear)),
      condition: allOf<BudgetSummary>(
        is(fiscalYear, (budget) => budget.fiscalYear),
        is(closed, (budget) => budget.closed),
      ),
      ordering: orderingOf(budgetSortFields, args.orderBy),
    };
    const nodeOf = (loaded: Loaded<BudgetView>) => new BudgetType(scope, loaded);
    return new BudgetConnection(await pageOfList({ scope, lists: services.lists }, budgetListing, request, nodeOf));
  }
}

@Resolver(() => DepartmentType)
export class DepartmentBudgetFields {
  @FieldResolver(() => BudgetType, {
    nullable: true,
    description:
      '该部门在该预算年度的预算；没有时为 null。The budget of the department for the fiscal year; null if there is none.',
  })
  budget(
    @Root() { scope, code }: DepartmentType,
    @Arg('fiscalYear', () => Int, { description: FISCAL_YEAR }) fiscalYear: number,
  ): Awaitable<BudgetType | undefined> {
    return loadBudget(scope, yearCode(code, fiscalYear));
  }
}

@Resolver(() => BudgetType)
export class BudgetFields {
  @FieldResolver(() => DepartmentType, { description: DEPARTMENT_OF_ENTITY })
  department(@Root() { scope, view }: BudgetType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }

  @FieldResolver(() => [BudgetLineType], { description: '预算明细，按代码排列。The lines of the budget, by code.' })
  async lines(
    @Root() { scope, loaded }: BudgetType,
    @Arg('fundSource', () => FundSourceEnum, {
      nullable: true,
      description: '仅限该资金性质；不填则不限。Only lines with this source of money; left out: all.',
    })
    fundSource: FundSource | null | undefined,
  ): Promise<readonly BudgetLineType[]> {
    const lines = await loadLines(scope, loaded);
    return lines.filter(hasSource(fundSource)).map((line) => new BudgetLineType(line));
  }

  @FieldResolver(() => BudgetLineConnection, {
    description: '预算明细分页，按代码排列。A page of `lines`, by code; a cursor is a code.',
  })
  async linesPage(
    @Root() { scope, loaded }: BudgetType,
    @Arguments(LinesArguments) args: LinesArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<BudgetLineConnection> {
    const lines = (await loadLines(scope, loaded)).filter(hasSource(args.fundSource)).filter(hasCode(args.codes));
    const page = await pageOfItems(lines, pageRequest(args, services.limits), {
      cursorOf: ({ definition }) => definition.code,
      nodeOf: (line) => new BudgetLineType(line),
    });
    return new BudgetLineConnection(page);
  }

  @FieldResolver(() => GoalConnection, {
    description: '绩效目标分页。A page of `goals`, in their order.',
  })
  async goalsPage(
    @Root() { view }: BudgetType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<GoalConnection> {
    const page = await pageOfItems(view.goals, pageRequest(args, services.limits), {
      cursorOf: (_goal, index) => String(index + 1),
      nodeOf: (goal) => goal,
    });
    return new GoalConnection(page);
  }

  @FieldResolver(() => [BridgeStepType], {
    description:
      '调整过程：从年初预算到全年预算的各步，按生效时间、再按账本位置排列。年初预算加到任何一步为止的金额，恰为该步之后的全年预算。被更正的事实为一步，用更正后的金额与日期；更正本身不是一步。The ordered steps from opening to revised: by effective date, then position. Opening + the amounts up to any step is exactly the revised amount after that step. A corrected fact is one step, with its restated amount and date; a correction is no step.',
  })
  async bridge(@Root() { scope, loaded }: BudgetType): Promise<readonly BridgeStepType[]> {
    const record = await scope.record(datedBudgetFold, loaded);
    return bridgeOf(record, scope.effectiveAt).map((step) => new BridgeStepType(scope, loaded.entity, step));
  }

  @FieldResolver(() => BridgeStepConnection, {
    description: '调整过程分页。A page of `bridge`, in its order.',
  })
  async bridgePage(
    @Root() { scope, loaded }: BudgetType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<BridgeStepConnection> {
    const record = await scope.record(datedBudgetFold, loaded);
    const page = await pageOfItems(bridgeOf(record, scope.effectiveAt), pageRequest(args, services.limits), {
      cursorOf: ({ fact }) => entryCursor(fact),
      isAt: (cursor) => {
        const isAt = isEntryAt(cursor);
        return ({ fact }) => isAt(fact);
      },
      nodeOf: (step) => new BridgeStepType(scope, loaded.entity, step),
    });
    return new BridgeStepConnection(page);
  }

  @FieldResolver(() => [BudgetPointType], { description: SERIES_DESCRIPTION })
  async series(
    @Root() { scope, loaded }: BudgetType,
    @Arguments(SeriesArguments) args: SeriesArgs,
  ): Promise<readonly BudgetPointType[]> {
    const points = await seriesOf(scope, amountsReading, loaded, args);
    return points.map((point) => new BudgetPointType(point));
  }

  @FieldResolver(() => EntryConnection, {
    description:
      '分录：该预算的各项事实，按生效时间、再按账本位置排列。The facts of this budget, one by one, by effective date, then position.',
  })
  async entries(
    @Root() { scope, loaded }: BudgetType,
    @Arguments(EntryArguments) args: EntryArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<EntryConnection> {
    const isWanted = entryFilter(args);
    const record = await scope.record(datedBudgetFold, loaded);
    const all = viewEntries(record, scope.effectiveAt);
    const facts = isWanted === undefined ? all : await longWork.run(filtering(all, isWanted), scope.services.work);
    const page = await pageOfItems(facts, pageRequest(args, services.limits), {
      cursorOf: entryCursor,
      isAt: isEntryAt,
      nodeOf: (fact) => new EntryType(scope, loaded, viewEntry(record, fact, scope.effectiveAt)),
    });
    return new EntryConnection(page);
  }
}

const hasCode =
  (wanted: readonly string[] | undefined) =>
  ({ definition }: BudgetLineView): boolean =>
    wanted?.includes(definition.code) !== false;

const hasSource =
  (wanted: FundSource | null | undefined) =>
  ({ definition }: BudgetLineView): boolean =>
    typeof wanted !== 'string' || definition.fundSource === wanted;

export const loadBudget = (scope: Scope, code: string): Awaitable<BudgetType | undefined> =>
  loadNode(scope, budgetReading, BudgetType, code);
