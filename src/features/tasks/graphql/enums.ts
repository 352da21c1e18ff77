import { enumType } from '../../../graphql/enums';
import { TASK_STATUSES } from '../views';

export const TaskStatusEnum = enumType(
  'TaskStatus',
  TASK_STATUSES,
  '任务状态。COMPLETED or CANCELLED by the last of completion, cancellation and reopening in force; else IN_PROGRESS where there is progress or a milestone reached, else PLANNED.',
);
