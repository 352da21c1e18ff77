import { inputObject, ValueOf } from '../../input/field';
import { flag, optional } from '../../input/fields';
import { allOf, is, isAnyOf } from '../../reading/entity-filter';
import { Loaded, Scope } from '../../reading/scope';
import { pagesOfTable } from '../../reading/tables/entities';
import { Table } from '../../reading/tables/table';
import { anyOfChoice, fiscalYearFilter } from '../shared/fields';
import { DEPARTMENTS, departmentsIn, REVISION_COLUMNS } from '../shared/table-columns';
import { TaskStatuses } from './choices';
import { taskLineage, taskReading } from './readings';
import { isOverdue, TaskView } from './views';

interface TaskRow extends Loaded<TaskView> {
  /** On the day of the snapshot. */
  readonly overdue: boolean;
}

/** Which tasks a list or a table has, besides their departments. */
export const TASK_FILTER = {
  fiscalYear: fiscalYearFilter,
  status: anyOfChoice(TaskStatuses),
  overdue: optional(
    flag(
      'true：仅限逾期的任务；false：仅限未逾期的任务；不填则不限。规则同不带 `on` 的 Task.overdue。true: only tasks that are overdue; false: only tasks that are not; left out: all. Overdue is as Task.overdue says without `on`.',
    ),
  ),
};

const FILTER = { ...DEPARTMENTS, ...TASK_FILTER };
type Filter = ValueOf<typeof FILTER>;

export const taskTable: Table<TaskRow, Filter> = {
  name: 'tasks',
  filter: inputObject('', '', FILTER),
  columns: [
    { name: 'code', type: 'TEXT', valueOf: ({ view }) => view.code },
    { name: 'department', type: 'TEXT', valueOf: ({ view }) => view.department },
    { name: 'fiscalYear', type: 'INTEGER', valueOf: ({ view }) => view.fiscalYear },
    { name: 'title', type: 'TEXT', valueOf: ({ view }) => view.title },
    { name: 'goal', type: 'TEXT', valueOf: ({ view }) => view.goal },
    { name: 'parent', type: 'TEXT', valueOf: ({ view }) => view.parent },
    { name: 'weight', type: 'DECIMAL', valueOf: ({ view }) => view.weight },
    { name: 'status', type: 'TEXT', valueOf: ({ view }) => view.status },
    { name: 'progress', type: 'DECIMAL', valueOf: ({ view }) => view.progress },
    { name: 'startOn', type: 'DATE', valueOf: ({ view }) => view.startOn },
    { name: 'dueOn', type: 'DATE', valueOf: ({ view }) => view.dueOn },
    { name: 'completedOn', type: 'DATE', valueOf: ({ view }) => view.completedOn },
    { name: 'overdue', type: 'BOOLEAN', valueOf: ({ overdue }) => overdue },
    {
      name: 'milestones',
      type: 'JSON',
      valueOf: ({ view }) =>
        view.milestones.map(({ code, title, dueOn = null, reachedOn = null }) => ({ code, title, dueOn, reachedOn })),
    },
    ...REVISION_COLUMNS,
  ],
  departments: departmentsIn,
  rows: tasksIn,
};

async function* tasksIn(scope: Scope, filter: Filter): AsyncGenerator<readonly TaskRow[]> {
  const { fiscalYear, status, overdue } = filter;
  const condition = allOf<TaskView>(
    is(fiscalYear, (task) => task.fiscalYear),
    isAnyOf(status, (task) => task.status),
    is(overdue, (task) => isOverdue(task, scope.today)),
  );
  const wanted = { departments: departmentsIn(filter), condition };
  for await (const tasks of pagesOfTable(scope, taskReading, taskLineage, wanted))
    yield tasks.map((task) => ({ ...task, overdue: isOverdue(task.view, scope.today) }));
}
