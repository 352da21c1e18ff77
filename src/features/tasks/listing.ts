import { choice } from '../../input/choice';
import { isCode } from '../../kernel/codes';
import { Listing, Members } from '../../reading/lists/listing';
import { byDate, byDecimal } from '../../reading/lists/sort-fields';
import { orderInput, SortFields } from '../shared/list-arguments';
import { subtasksOf, TASKS, tasksOf } from './projection';
import { taskReading } from './readings';
import { TaskRecord } from './record';
import { TaskView } from './views';

export type TaskSummary = Pick<TaskView, 'department' | 'fiscalYear' | 'parent' | 'status' | 'dueOn' | 'progress'>;

export const taskListing: Listing<TaskRecord, TaskView, TaskSummary> = {
  reading: taskReading,
  isCode,
  summary: ({ department, fiscalYear, parent, status, dueOn, progress }) => ({
    department,
    fiscalYear,
    parent,
    status,
    dueOn,
    progress,
  }),
  nameOf: ({ title }) => title,
};

export const ALL_TASKS: Members<TaskSummary> = { collection: TASKS, has: () => true };

export const tasksOfDepartment = (department: string): Members<TaskSummary> => ({
  collection: tasksOf(department),
  department,
  has: (task) => task.department === department,
});

export const partsOfTask = (parent: string): Members<TaskSummary> => ({
  collection: subtasksOf(parent),
  has: (task) => task.parent === parent,
});

const TaskOrderFields = choice(
  'TaskOrderField',
  ['CODE', 'DUE_ON', 'PROGRESS'],
  '任务的排列依据。What tasks can be ordered by.',
  {
    CODE: '代码。The code.',
    DUE_ON: '计划完成日期；任务可以没有。The planned last day; a task may have none.',
    PROGRESS: '进度。The progress.',
  },
);

export const TaskOrder = orderInput('TaskOrder', TaskOrderFields);

export const taskSortFields: SortFields<(typeof TaskOrderFields.values)[number], TaskSummary> = {
  DUE_ON: byDate(({ dueOn }) => dueOn),
  PROGRESS: byDecimal(({ progress }) => progress),
};
