import { choice } from '../../input/choice';
import { TASK_STATUSES } from './views';

export const TaskStatuses = choice(
  'TaskStatus',
  TASK_STATUSES,
  '任务状态：以有效的最后一次完成、取消或重新开启为准；否则有进度或已达成里程碑为进行中，没有为未开始。COMPLETED or CANCELLED by the last of completion, cancellation and reopening in force; else IN_PROGRESS if there is progress or a milestone reached, else PLANNED.',
  {
    PLANNED: '未开始。Neither progress nor a milestone reached is in force.',
    IN_PROGRESS: '进行中。The progress is above 0 or a milestone has been reached.',
    COMPLETED: '已完成。Completed, and not reopened since. A report of 100 percent does not complete the task.',
    CANCELLED: '已取消。Cancelled, and not reopened since.',
  },
);
