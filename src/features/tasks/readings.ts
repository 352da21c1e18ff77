import { documentLineage } from '../../reading/lineage';
import { TASKS, tasksOf } from './projection';
import { auditViewOfTask } from './audit-view';
import { taskReading } from './graphql/task';

export const taskLineage = documentLineage({
  reading: taskReading,
  auditView: auditViewOfTask,
  collection: TASKS,
  codesOf: (scope, department) => scope.members(tasksOf(department)),
});
