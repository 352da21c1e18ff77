import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { FORWARD_PAGE, PAGE, PageArgs, PageArguments } from '../../../graphql/pages';
import { loadNode } from '../../../graphql/recorded';
import { SERIES_DESCRIPTION, SeriesArgs, SeriesArguments } from '../../../graphql/series';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { Awaitable } from '../../../kernel/async';
import { allOf, is, isAnyOf } from '../../../reading/entity-filter';
import { ListSource, pageOfList } from '../../../reading/lists/page-of-list';
import { FeatureNodeName } from '../../../reading/ids';
import { pageOfItems, PageRequest, pageRequest, wholeList } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { seriesOf } from '../../../reading/series';
import { DepartmentType, loadDepartment } from '../../departments';
import { DEPARTMENT_OF_ENTITY } from '../../shared/descriptions';
import { departmentFilter, fiscalYearFilter } from '../../shared/fields';
import { orderBy, orderingOf, SEARCH } from '../../shared/list-arguments';
import { loadTask, TaskType } from '../../tasks';
import { indicatorListing, IndicatorOrder, indicatorsOf, indicatorSortFields, IndicatorSummary } from '../listing';
import { indicatorsOfTask } from '../projection';
import { reached } from '../reached';
import { indicatorReading } from '../readings';
import { indicatorFold } from '../record';
import { INDICATOR_FILTER } from '../table';
import { IndicatorView, viewObservationOf, viewObservations } from '../views';
import { IndicatorConnection, IndicatorType } from './indicator';
import { ObservationConnection, ObservationType } from './observation';
import { IndicatorPointType } from './point';

const IndicatorArguments = fieldArguments({
  ...PAGE,
  ...SEARCH,
  department: departmentFilter,
  ...INDICATOR_FILTER,
  orderBy: orderBy(IndicatorOrder),
});
type IndicatorArgs = ArgumentsOf<typeof IndicatorArguments>;

const DepartmentIndicatorArguments = fieldArguments({ ...FORWARD_PAGE, fiscalYear: fiscalYearFilter });
type DepartmentIndicatorArgs = ArgumentsOf<typeof DepartmentIndicatorArguments>;

@Resolver(() => SnapshotType)
export class IndicatorQueries {
  @RootField(() => IndicatorType, {
    nullable: true,
    description: '绩效指标；没有该指标时为 null。The indicator with this code; null if there is none.',
  })
  indicator(
    @Arg('code', () => ID, { description: '指标代码，区分大小写。The code of the indicator; its case matters.' })
    code: string,
    @AtScope() scope: Scope,
  ): Awaitable<IndicatorType | undefined> {
    return loadIndicator(scope, code);
  }

  @RootField(() => IndicatorConnection, {
    nullable: true,
    description:
      '指标列表，同时满足所有条件；按 orderBy 排列，不填则按代码。The indicators that meet all of the conditions, in the order of orderBy, else by code.',
  })
  async indicators(
    @Arguments(IndicatorArguments) args: IndicatorArgs,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<IndicatorConnection> {
    return pageOfIndicators({ scope, lists: services.lists }, pageRequest(args, services.limits), args);
  }
}

@Resolver(() => DepartmentType)
export class DepartmentIndicatorFields {
  @FieldResolver(() => IndicatorConnection, {
    description: '该部门的指标，按代码排列。The indicators of the department, by code.',
  })
  indicators(
    @Root() { scope, code }: DepartmentType,
    @Arguments(DepartmentIndicatorArguments) args: DepartmentIndicatorArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<IndicatorConnection> {
    const wanted = { department: code, fiscalYear: args.fiscalYear };
    return pageOfIndicators({ scope, lists: services.lists }, pageRequest(args, services.limits), wanted);
  }
}

@Resolver(() => TaskType)
export class TaskIndicatorFields {
  @FieldResolver(() => [IndicatorType], {
    description: '衡量该任务的绩效指标，按代码排列。The indicators that measure the task, by code.',
  })
  async indicators(
    @Root() { scope, code }: TaskType,
    @Ctx() { services }: RequestContext,
  ): Promise<readonly IndicatorType[]> {
    const codes = await scope.members(indicatorsOfTask(code), wholeList(services.limits));
    const loaded = await scope.entities(indicatorReading, codes);
    return loaded.map((indicator) => new IndicatorType(scope, indicator));
  }

  @FieldResolver(() => IndicatorConnection, {
    description: '衡量该任务的绩效指标分页，按代码排列。A page of `indicators`, by code.',
  })
  indicatorsPage(
    @Root() { scope, code }: TaskType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<IndicatorConnection> {
    return pageOfIndicators({ scope, lists: services.lists }, pageRequest(args, services.limits), { task: code });
  }
}

@Resolver(() => IndicatorType)
export class IndicatorFields {
  @FieldResolver(() => DepartmentType, { description: DEPARTMENT_OF_ENTITY })
  department(@Root() { scope, view }: IndicatorType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }

  @FieldResolver(() => TaskType, {
    nullable: true,
    description: '所衡量的任务；没有时为 null。The task that the indicator measures; null if there is none.',
  })
  task(@Root() { scope, view }: IndicatorType): Awaitable<TaskType | undefined> {
    return view.task === undefined ? undefined : loadTask(scope, view.task);
  }

  @FieldResolver(() => [IndicatorPointType], { description: SERIES_DESCRIPTION })
  async series(
    @Root() { scope, loaded }: IndicatorType,
    @Arguments(SeriesArguments) args: SeriesArgs,
  ): Promise<readonly IndicatorPointType[]> {
    const points = await seriesOf(scope, indicatorReading, loaded, args);
    return points.map(({ at, view }) => {
      const { latest } = view;
      return { at, value: latest?.value, qualifier: latest?.qualifier, reached: reached(view) };
    });
  }

  @FieldResolver(() => [ObservationType], {
    description:
      '有效的观测值，按观测日期、再按首次记录的账本位置排列；不含已撤回的。The observations in force, by date, then by the position of the first recording; withdrawn ones are left out.',
  })
  async observations(@Root() { scope, loaded }: IndicatorType): Promise<readonly ObservationType[]> {
    const record = await scope.record(indicatorFold, loaded);
    return viewObservations(record, scope.effectiveAt).map((view) => new ObservationType(scope, loaded, view));
  }

  @FieldResolver(() => ObservationConnection, {
    description: '观测值分页。A page of `observations`, in their order.',
  })
  async observationsPage(
    @Root() { scope, loaded }: IndicatorType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ObservationConnection> {
    const record = await scope.record(indicatorFold, loaded);
    const page = await pageOfItems(viewObservations(record, scope.effectiveAt), pageRequest(args, services.limits), {
      cursorOf: ({ position }) => position,
      nodeOf: (view) => new ObservationType(scope, loaded, view),
    });
    return new ObservationConnection(page);
  }
}

/** The conditions and the order of a list of indicators. A condition that is left out lets every indicator through. */
type Wanted = Partial<Omit<IndicatorArgs, keyof PageArgs>>;

async function pageOfIndicators(source: ListSource, page: PageRequest, wanted: Wanted): Promise<IndicatorConnection> {
  const { department, fiscalYear, task, level1, level2, codes, search } = wanted;
  const condition = allOf<IndicatorSummary>(
    // Without a task, all members belong to the department.
    task === undefined ? undefined : is(department, (indicator) => indicator.department),
    is(fiscalYear, (indicator) => indicator.fiscalYear),
    isAnyOf(level1, (indicator) => indicator.level1),
    isAnyOf(level2, (indicator) => indicator.level2),
  );
  const ordering = orderingOf(indicatorSortFields, wanted.orderBy);
  const nodeOf = (loaded: Loaded<IndicatorView>) => new IndicatorType(source.scope, loaded);
  const request = { members: indicatorsOf(department, task), page, condition, codes, search, ordering };
  return new IndicatorConnection(await pageOfList(source, indicatorListing, request, nodeOf));
}

export async function loadObservation(
  scope: Scope,
  { code, part = '' }: Pick<FeatureNodeName, 'code' | 'part'>,
): Promise<ObservationType | undefined> {
  const loaded = await scope.entity(indicatorReading, code);
  if (loaded === undefined) return undefined;
  const view = viewObservationOf(await scope.record(indicatorFold, loaded), part, scope.effectiveAt);
  return view && new ObservationType(scope, loaded, view);
}

export const loadIndicator = (scope: Scope, code: string): Awaitable<IndicatorType | undefined> =>
  loadNode(scope, indicatorReading, IndicatorType, code);
