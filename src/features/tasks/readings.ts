import { documentLineage } from '../../reading/lineage';
import { Reading } from '../../reading/scope';
import { auditViewOfTask } from './audit-view';
import { TASKS, tasksOf } from './projection';
import { taskFold, TaskRecord } from './record';
import { TaskView, viewTask } from './views';

export const taskReading: Reading<TaskRecord, TaskView> = { ...taskFold, view: viewTask };

export const taskLineage = documentLineage({
  reading: taskReading,
  auditView: auditViewOfTask,
  collection: TASKS,
  codesOf: (scope, department) => scope.members(tasksOf(department)),
});

export type { TaskStatus } from './views';
