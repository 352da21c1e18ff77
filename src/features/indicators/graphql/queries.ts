import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { pageOfEntities } from '../../../reading/entity-pages';
import { FeatureNodeName } from '../../../reading/ids';
import { ForwardPageArgs, PageArgs, PageRequest, pageRequest } from '../../../graphql/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { loadNode } from '../../../graphql/recorded';
import { SERIES_DESCRIPTION, SeriesArgs, seriesOf } from '../../../graphql/series';
import {
  ANY_OF,
  DEPARTMENT_FILTER,
  DEPARTMENT_OF_ENTITY,
  FISCAL_YEAR_FILTER,
} from '../../../graphql/shared-descriptions';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { IsFiscalYear, IsLedgerCode } from '../../../graphql/validation';
import { Awaitable } from '../../../kernel/async';
import { DepartmentType, loadDepartment } from '../../departments';
import { loadTask, TaskType } from '../../tasks';
import { IndicatorLevel1, IndicatorLevel2 } from '../events';
import { ALL_INDICATORS, indicatorsOfDepartment, indicatorsOfTask } from '../projection';
import { reached } from '../reached';
import { indicatorFold } from '../record';
import { IndicatorView, viewObservationOf, viewObservations } from '../views';
import { IndicatorLevel1Enum, IndicatorLevel2Enum } from './enums';
import { IndicatorConnection, indicatorReading, IndicatorType } from './indicator';
import { ObservationType } from './observation';
import { IndicatorPointType } from './point';

@ArgsType()
class IndicatorArgs extends PageArgs {
  @IsLedgerCode()
  @Field(() => ID, { nullable: true, description: DEPARTMENT_FILTER })
  department?: string | null;

  @IsFiscalYear()
  @Field(() => Int, { nullable: true, description: FISCAL_YEAR_FILTER })
  fiscalYear?: number | null;

  @IsLedgerCode()
  @Field(() => ID, {
    nullable: true,
    description:
      '仅限衡量该代码任务的指标；不填则不限。Only indicators that measure the task with this code; left out: all.',
  })
  task?: string | null;

  @Field(() => [IndicatorLevel1Enum], { nullable: true, description: ANY_OF })
  level1?: IndicatorLevel1[] | null;

  @Field(() => [IndicatorLevel2Enum], { nullable: true, description: ANY_OF })
  level2?: IndicatorLevel2[] | null;
}

@ArgsType()
class DepartmentIndicatorArgs extends ForwardPageArgs {
  @IsFiscalYear()
  @Field(() => Int, { nullable: true, description: FISCAL_YEAR_FILTER })
  fiscalYear?: number | null;
}

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
    description: '指标列表，按代码排列；同时满足所有条件。The indicators that meet all of the conditions, by code.',
  })
  async indicators(
    @Args(() => IndicatorArgs) args: IndicatorArgs,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<IndicatorConnection> {
    return pageOfIndicators(scope, pageRequest(args, services.limits), args);
  }
}

@Resolver(() => DepartmentType)
export class DepartmentIndicatorFields {
  @FieldResolver(() => IndicatorConnection, {
    description: '该部门的指标，按代码排列。The indicators of the department, by code.',
  })
  indicators(
    @Root() { scope, code }: DepartmentType,
    @Args(() => DepartmentIndicatorArgs) args: DepartmentIndicatorArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<IndicatorConnection> {
    const wanted = { department: code, fiscalYear: args.fiscalYear };
    return pageOfIndicators(scope, pageRequest(args, services.limits), wanted);
  }
}

@Resolver(() => TaskType)
export class TaskIndicatorFields {
  @FieldResolver(() => [IndicatorType], {
    description: '衡量该任务的绩效指标，按代码排列。The indicators that measure the task, by code.',
  })
  async indicators(@Root() { scope, code }: TaskType): Promise<readonly IndicatorType[]> {
    const loaded = await scope.entities(indicatorReading, await scope.members(indicatorsOfTask(code)));
    return loaded.map((indicator) => new IndicatorType(scope, indicator));
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
    @Args(() => SeriesArgs) args: SeriesArgs,
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
}

/** Which indicators a list is about; a part that is left out, or null, asks for all. */
interface Wanted {
  readonly department?: string | null;
  readonly fiscalYear?: number | null;
  readonly task?: string | null;
  readonly level1?: readonly IndicatorLevel1[] | null;
  readonly level2?: readonly IndicatorLevel2[] | null;
}

/** A page over the narrowest collection that the arguments name; what it does not decide is filtered. */
async function pageOfIndicators(scope: Scope, request: PageRequest, wanted: Wanted): Promise<IndicatorConnection> {
  const nodeOf = (loaded: Loaded<IndicatorView>) => new IndicatorType(scope, loaded);
  const collection = narrowestCollection(wanted);
  return new IndicatorConnection(
    await pageOfEntities(scope, indicatorReading, collection, request, nodeOf, filterWithin(wanted)),
  );
}

function narrowestCollection({ department, task }: Wanted): string {
  if (typeof task === 'string') return indicatorsOfTask(task);
  if (typeof department === 'string') return indicatorsOfDepartment(department);
  return ALL_INDICATORS;
}

/** The test on the members of that collection; undefined where all pass. */
function filterWithin(wanted: Wanted): ((loaded: Loaded<IndicatorView>) => boolean) | undefined {
  const { department, fiscalYear, task, level1, level2 } = wanted;
  const tests: ((view: IndicatorView) => boolean)[] = [];
  if (typeof task === 'string' && typeof department === 'string') tests.push((view) => view.department === department);
  if (typeof fiscalYear === 'number') tests.push((view) => view.fiscalYear === fiscalYear);
  if (level1) tests.push((view) => level1.includes(view.level1));
  if (level2) tests.push((view) => level2.includes(view.level2));
  return tests.length === 0 ? undefined : ({ view }) => tests.every((test) => test(view));
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
