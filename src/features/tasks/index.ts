import { mutationsOf } from '../../graphql/action-mutations';
import { Feature } from '../feature';
import { taskActions } from './actions';
import { taskEventTypes } from './events';
import { DepartmentTaskFields, loadTask, TaskFields, TaskQueries } from './graphql/queries';
import { TaskPayload } from './graphql/task';
import { taskProjection } from './projection';
import { taskLineage } from './readings';
import { TASK_RULES } from './rules';
import { taskTable } from './table';
import { TaskView } from './views';

export const tasks: Feature = {
  entity: {
    type: 'TASK',
    category: 'task',
    description: '工作任务。A task of a department, named by its code.',
  },
  eventTypes: taskEventTypes,
  projection: taskProjection,
  lineage: taskLineage,
  homes: {
    documents: { TASK: (state) => (state as TaskView).department },
    collections: { TASK: 'PARTS', 'TASK/': 'NAME', 'SUBTASK/': { documents: 'TASK' } },
  },
  rules: TASK_RULES,
  actions: taskActions,
  nodes: { TASK: { load: (scope, { code }) => loadTask(scope, code) } },
  tables: [taskTable],
  resolvers: [TaskQueries, TaskFields, DepartmentTaskFields, mutationsOf(taskActions, TaskPayload)],
};

export { loadTask } from './graphql/queries';
export { TaskType } from './graphql/task';
