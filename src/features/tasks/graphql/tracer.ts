import { plainTracer } from '../../../graphql/tracing';
import { TASKS, tasksOf } from '../projection';
import { shapeOfTask } from '../shape';
import { taskReading } from './task';

export const taskTracer = plainTracer({
  reading: taskReading,
  shape: shapeOfTask,
  collection: TASKS,
  codesOf: (scope, department) => scope.members(tasksOf(department)),
});
