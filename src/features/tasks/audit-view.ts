import { AuditView } from '../../audit/audit-view';
import { TaskView } from './views';

/** Without `overdue`, which can change from one day to the next although nothing is recorded. */
export const auditViewOfTask = (task: TaskView): AuditView => ({
  code: task.code,
  department: { code: task.department },
  fiscalYear: task.fiscalYear,
  title: task.title,
  goal: task.goal ?? null,
  parent: task.parent === undefined ? null : { code: task.parent },
  weight: task.weight ?? null,
  status: task.status,
  progress: task.progress,
  milestones: task.milestones.map(({ code, title, dueOn, reachedOn }) => ({
    code,
    title,
    dueOn: dueOn ?? null,
    reachedOn: reachedOn ?? null,
  })),
  startOn: task.startOn ?? null,
  dueOn: task.dueOn ?? null,
  completedOn: task.completedOn ?? null,
});
