import type { TaskStatus } from '../generated/documents';
import { Text } from '../language/language';

export const TASK_STATUSES: Readonly<Record<TaskStatus, Text>> = {
  PLANNED: { zh: '未开始', en: 'Planned' },
  IN_PROGRESS: { zh: '进行中', en: 'In progress' },
  COMPLETED: { zh: '已完成', en: 'Completed' },
  CANCELLED: { zh: '已取消', en: 'Cancelled' },
};
