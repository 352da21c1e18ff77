import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { pageOfEntities } from '../../../graphql/entity-pages';
import { ForwardPageArgs, PageArgs, PageRequest, pageRequest } from '../../../graphql/pages';
import { LocalDateScalar } from '../../../graphql/scalars';
import { Loaded, Scope } from '../../../graphql/scope';
import { loadNode } from '../../../graphql/recorded';
import { SERIES_DESCRIPTION, SeriesArgs, seriesOf } from '../../../graphql/series';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { Awaitable } from '../../../kernel/async';
import { IsFiscalYear, IsLedgerCode, IsLocalDate } from '../../../graphql/validation';
import { LocalDate } from '../../../kernel/time';
import { DepartmentType, loadDepartment } from '../../departments';
import { subtasksOf, TASKS, tasksOf } from '../projection';
import { isOverdue, TaskStatus, TaskView } from '../views';
import { TaskStatusEnum } from './enums';
import { TaskPointType } from './point';
import { TaskConnection, taskReading, TaskType } from './task';

const ANY_OF = 'Any of these; an empty list matches none.';

@ArgsType()
class TasksArgs extends PageArgs {
  @IsLedgerCode()
  @Field(() => ID, { nullable: true })
  department?: string | null;

  @IsFiscalYear()
  @Field(() => Int, { nullable: true })
  fiscalYear?: number | null;

  @Field(() => [TaskStatusEnum], { nullable: true, description: ANY_OF })
  status?: TaskStatus[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Those that are overdue as Task.overdue without `on` says, or those that are not.',
  })
  overdue?: boolean | null;
}

@ArgsType()
class DepartmentTasksArgs extends ForwardPageArgs {
  @IsFiscalYear()
  @Field(() => Int, { nullable: true })
  fiscalYear?: number | null;

  @Field(() => [TaskStatusEnum], { nullable: true, description: ANY_OF })
  status?: TaskStatus[] | null;
}

@ArgsType()
class OverdueArgs {
  @IsLocalDate()
  @Field(() => LocalDateScalar, { nullable: true })
  on?: LocalDate | null;
}

@Resolver(() => SnapshotType)
export class TaskQueries {
  @RootField(() => TaskType, { nullable: true })
  task(@Arg('code', () => ID) code: string, @AtScope() scope: Scope): Awaitable<TaskType | undefined> {
    return loadTask(scope, code);
  }

  @RootField(() => TaskConnection, { nullable: true })
  tasks(
    @Args(() => TasksArgs) args: TasksArgs,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<TaskConnection> {
    const collection = typeof args.department === 'string' ? tasksOf(args.department) : TASKS;
    return pageOfTasks(scope, collection, pageRequest(args, services.limits), args);
  }
}

@Resolver(() => DepartmentType)
export class DepartmentTaskFields {
  @FieldResolver(() => TaskConnection)
  tasks(
    @Root() { scope, code }: DepartmentType,
    @Args(() => DepartmentTasksArgs) args: DepartmentTasksArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<TaskConnection> {
    return pageOfTasks(scope, tasksOf(code), pageRequest(args, services.limits), args);
  }
}

@Resolver(() => TaskType)
export class TaskFields {
  @FieldResolver(() => DepartmentType)
  department(@Root() { scope, view }: TaskType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }

  @FieldResolver(() => TaskType, { nullable: true, description: '上级任务。The task that this one is a part of.' })
  parent(@Root() { scope, view }: TaskType): Awaitable<TaskType | undefined> | undefined {
    return view.parent === undefined ? undefined : loadTask(scope, view.parent);
  }

  @FieldResolver(() => [TaskType], { description: '下级任务。The tasks planned as parts of this one, by code.' })
  async subtasks(@Root() { scope, code }: TaskType): Promise<readonly TaskType[]> {
    const codes = await scope.members(subtasksOf(code));
    return (await scope.entities(taskReading, codes)).map((loaded) => new TaskType(scope, loaded));
  }

  @FieldResolver(() => [TaskPointType], { description: SERIES_DESCRIPTION })
  async series(
    @Root() { scope, loaded }: TaskType,
    @Args(() => SeriesArgs) args: SeriesArgs,
  ): Promise<readonly TaskPointType[]> {
    const points = await seriesOf(scope, taskReading, loaded, args);
    return points.map(({ at, view }) => ({ at, progress: view.progress, status: view.status }));
  }

  @FieldResolver(() => Boolean, {
    description:
      "逾期。Neither completed nor cancelled, and due before `on`; left out: before the snapshot's effectiveAt, else its knownAt as asked, else the recordedAt of its position, else now.",
  })
  overdue(@Root() { scope, view }: TaskType, @Args(() => OverdueArgs) { on }: OverdueArgs): boolean {
    return isOverdue(view, on ?? scope.today);
  }
}

export const loadTask = (scope: Scope, code: string): Awaitable<TaskType | undefined> =>
  loadNode(scope, taskReading, TaskType, code);

type TaskFilter = Pick<TasksArgs, 'fiscalYear' | 'status' | 'overdue'>;

async function pageOfTasks(
  scope: Scope,
  collection: string,
  request: PageRequest,
  filter: TaskFilter,
): Promise<TaskConnection> {
  const nodeOf = (loaded: Loaded<TaskView>) => new TaskType(scope, loaded);
  const page = await pageOfEntities(scope, taskReading, collection, request, nodeOf, predicateOf(filter, scope));
  return new TaskConnection(page);
}

/** undefined where the filter lets every task through. */
function predicateOf(
  { fiscalYear, status, overdue }: TaskFilter,
  { today }: Scope,
): ((loaded: Loaded<TaskView>) => boolean) | undefined {
  const checks: ((task: TaskView) => boolean)[] = [];
  if (typeof fiscalYear === 'number') checks.push((task) => task.fiscalYear === fiscalYear);
  if (status) {
    const wanted = new Set(status);
    checks.push((task) => wanted.has(task.status));
  }
  if (typeof overdue === 'boolean') checks.push((task) => isOverdue(task, today) === overdue);
  return checks.length === 0 ? undefined : ({ view }) => checks.every((check) => check(view));
}
