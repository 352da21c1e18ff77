import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { FORWARD_PAGE, PAGE, PageArgs, PageArguments } from '../../../graphql/pages';
import { loadNode } from '../../../graphql/recorded';
import { SERIES_DESCRIPTION, SeriesArgs, SeriesArguments } from '../../../graphql/series';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { date, optional } from '../../../input/fields';
import { Awaitable } from '../../../kernel/async';
import { allOf, is, isAnyOf } from '../../../reading/entity-filter';
import { Members } from '../../../reading/lists/listing';
import { ListSource, pageOfList } from '../../../reading/lists/page-of-list';
import { PageRequest, pageRequest, wholeList } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { seriesOf } from '../../../reading/series';
import { DepartmentType, loadDepartment } from '../../departments';
import { DEPARTMENT_OF_ENTITY } from '../../shared/descriptions';
import { anyOfChoice, departmentFilter, fiscalYearFilter } from '../../shared/fields';
import { orderBy, orderingOf, SEARCH } from '../../shared/list-arguments';
import { TaskStatuses } from '../choices';
import {
  ALL_TASKS,
  partsOfTask,
  taskListing,
  TaskOrder,
  taskSortFields,
  tasksOfDepartment,
  TaskSummary,
} from '../listing';
import { subtasksOf } from '../projection';
import { taskReading } from '../readings';
import { TASK_FILTER } from '../table';
import { isOverdue, TaskView } from '../views';
import { TaskPointType } from './point';
import { TaskConnection, TaskType } from './task';

const TaskArguments = fieldArguments({
  ...PAGE,
  ...SEARCH,
  department: departmentFilter,
  ...TASK_FILTER,
  orderBy: orderBy(TaskOrder),
});
type TaskArgs = ArgumentsOf<typeof TaskArguments>;

const DepartmentTaskArguments = fieldArguments({
  ...FORWARD_PAGE,
  fiscalYear: fiscalYearFilter,
  status: anyOfChoice(TaskStatuses),
});
type DepartmentTaskArgs = ArgumentsOf<typeof DepartmentTaskArguments>;

const OverdueArguments = fieldArguments({
  on: optional(
    date(
      '判断日，账本时区；不填则按快照的时点。The day to judge by, in the time zone of the ledger; left out: the moment of the snapshot.',
    ),
  ),
});

@Resolver(() => SnapshotType)
export class TaskQueries {
  @RootField(() => TaskType, {
    nullable: true,
    description: '任务；没有该任务时为 null。The task with this code; null if there is none.',
  })
  task(
    @Arg('code', () => ID, { description: '任务代码，区分大小写。The code of the task; its case matters.' })
    code: string,
    @AtScope() scope: Scope,
  ): Awaitable<TaskType | undefined> {
    return loadTask(scope, code);
  }

  @RootField(() => TaskConnection, {
    nullable: true,
    description:
      '任务列表，同时满足所有条件；按 orderBy 排列，不填则按代码。The tasks that meet all of the conditions, in the order of orderBy, else by code.',
  })
  tasks(
    @Arguments(TaskArguments) args: TaskArgs,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<TaskConnection> {
    const members = args.department === undefined ? ALL_TASKS : tasksOfDepartment(args.department);
    return pageOfTasks({ scope, lists: services.lists }, members, pageRequest(args, services.limits), args);
  }
}

@Resolver(() => DepartmentType)
export class DepartmentTaskFields {
  @FieldResolver(() => TaskConnection, {
    description:
      '该部门的任务，按代码排列；同时满足所有条件。The tasks of the department that meet all of the conditions, by code.',
  })
  tasks(
    @Root() { scope, code }: DepartmentType,
    @Arguments(DepartmentTaskArguments) args: DepartmentTaskArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<TaskConnection> {
    return pageOfTasks(
      { scope, lists: services.lists },
      tasksOfDepartment(code),
      pageRequest(args, services.limits),
      args,
    );
  }
}

@Resolver(() => TaskType)
export class TaskFields {
  @FieldResolver(() => DepartmentType, { description: DEPARTMENT_OF_ENTITY })
  department(@Root() { scope, view }: TaskType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }

  @FieldResolver(() => TaskType, {
    nullable: true,
    description: '上级任务；没有时为 null。The task that this one is a part of; null if there is none.',
  })
  parent(@Root() { scope, view }: TaskType): Awaitable<TaskType | undefined> | undefined {
    return view.parent === undefined ? undefined : loadTask(scope, view.parent);
  }

  @FieldResolver(() => [TaskType], {
    description: '下级任务，按代码排列。The tasks that are planned as parts of this one, by code.',
  })
  async subtasks(@Root() { scope, code }: TaskType, @Ctx() { services }: RequestContext): Promise<readonly TaskType[]> {
    const codes = await scope.members(subtasksOf(code), wholeList(services.limits));
    return (await scope.entities(taskReading, codes)).map((loaded) => new TaskType(scope, loaded));
  }

  @FieldResolver(() => TaskConnection, { description: '下级任务分页，按代码排列。A page of `subtasks`, by code.' })
  subtasksPage(
    @Root() { scope, code }: TaskType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<TaskConnection> {
    return pageOfTasks({ scope, lists: services.lists }, partsOfTask(code), pageRequest(args, services.limits), {});
  }

  @FieldResolver(() => [TaskPointType], { description: SERIES_DESCRIPTION })
  async series(
    @Root() { scope, loaded }: TaskType,
    @Arguments(SeriesArguments) args: SeriesArgs,
  ): Promise<readonly TaskPointType[]> {
    const points = await seriesOf(scope, taskReading, loaded, args);
    return points.map(({ at, view }) => ({ at, progress: view.progress, status: view.status }));
  }

  @FieldResolver(() => Boolean, {
    description:
      "是否逾期：未完成、未取消，且计划完成日期早于 `on`。不填 `on` 时依次按快照的 effectiveAt、所询 knownAt、其账本位置的 recordedAt、现在判断。Whether the task is overdue: neither completed nor cancelled, and due before `on`. If `on` is left out, the day is that of the snapshot's effectiveAt, else of its knownAt as asked, else of the recordedAt of its position, else today.",
  })
  overdue(
    @Root() { scope, view }: TaskType,
    @Arguments(OverdueArguments) { on }: ArgumentsOf<typeof OverdueArguments>,
  ): boolean {
    return isOverdue(view, on ?? scope.today);
  }
}

export const loadTask = (scope: Scope, code: string): Awaitable<TaskType | undefined> =>
  loadNode(scope, taskReading, TaskType, code);

async function pageOfTasks(
  source: ListSource,
  members: Members<TaskSummary>,
  page: PageRequest,
  { codes, search, fiscalYear, status, overdue, orderBy }: Partial<TaskArgs>,
): Promise<TaskConnection> {
  const { scope } = source;
  const { today } = scope;
  const condition = allOf<TaskSummary>(
    is(fiscalYear, (task) => task.fiscalYear),
    isAnyOf(status, (task) => task.status),
    is(overdue, (task) => isOverdue(task, today)),
  );
  const ordering = orderingOf(taskSortFields, orderBy);
  const nodeOf = (loaded: Loaded<TaskView>) => new TaskType(scope, loaded);
  const request = { members, page, condition, codes, search, ordering };
  return new TaskConnection(await pageOfList(source, taskListing, request, nodeOf));
}
