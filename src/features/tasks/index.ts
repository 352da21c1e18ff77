import { Feature } from '../feature';
import { taskEventTypes } from './events';
import { TaskMutations } from './graphql/mutations';
import { DepartmentTaskFields, loadTask, TaskFields, TaskQueries } from './graphql/queries';
import { taskLineage } from './readings';
import { taskProjection } from './projection';

export const tasks: Feature = {
  eventTypes: taskEventTypes,
  projection: taskProjection,
  lineage: taskLineage,
  resolvers: [TaskQueries, TaskFields, DepartmentTaskFields, TaskMutations],
  nodes: { TASK: (scope, { code }) => loadTask(scope, code) },
};

export { loadTask } from './graphql/queries';
export { TaskType } from './graphql/task';
