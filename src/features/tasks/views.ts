import { Decimal, signOf } from '../../kernel/decimal';
import { inForce } from '../../kernel/effective-order';
import { Instant, LocalDate } from '../../kernel/time';
import { MilestonePlan, TaskPlanned } from './events';
import { StatusFact, TaskRecord } from './record';

export const TASK_STATUSES = ['PLANNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export interface TaskView extends TaskPlanned {
  readonly status: TaskStatus;
  /** From 0 to 100, exactly as it was written. */
  readonly progress: Decimal;
  readonly completedOn?: LocalDate;
  readonly milestones: readonly MilestoneView[];
}

export interface MilestoneView extends MilestonePlan {
  readonly reachedOn?: LocalDate;
}

/** The task as of an effective moment, or as on record if no moment is given. */
export function viewTask(record: TaskRecord, effectiveAt?: Instant): TaskView {
  const { founding, reports, statusFacts, reached } = record;
  const progress = inForce(reports, effectiveAt)?.progress ?? '0';
  const milestones = founding.milestones.map((plan): MilestoneView => {
    const reaching = reached.get(plan.code);
    const counts = reaching !== undefined && (effectiveAt === undefined || reaching.effectiveAt <= effectiveAt);
    return counts ? { ...plan, reachedOn: reaching.reachedOn } : plan;
  });
  const begun = signOf(progress) > 0 || milestones.some(({ reachedOn }) => reachedOn !== undefined);
  const { status, completedOn } = viewStatus(inForce(statusFacts, effectiveAt), begun);
  // One view is kept for each change. V8 stores an object literal compactly, but a spread object as a hash table of four times the size.
  return {
    code: founding.code,
    department: founding.department,
    fiscalYear: founding.fiscalYear,
    title: founding.title,
    goal: founding.goal,
    parent: founding.parent,
    weight: founding.weight,
    startOn: founding.startOn,
    dueOn: founding.dueOn,
    status,
    progress,
    completedOn,
    milestones,
  } satisfies Record<keyof TaskView, unknown>;
}

function viewStatus(last: StatusFact | undefined, begun: boolean): Pick<TaskView, 'status' | 'completedOn'> {
  switch (last?.turns) {
    case 'COMPLETED':
      return { status: 'COMPLETED', completedOn: last.completedOn };
    case 'CANCELLED':
      return { status: 'CANCELLED' };
    case 'ACTIVE':
    case undefined:
      return { status: begun ? 'IN_PROGRESS' : 'PLANNED' };
  }
}

/** A task that is neither completed nor cancelled. Only an active task takes facts other than a reopening. */
export const isActive = ({ status }: Pick<TaskView, 'status'>): boolean =>
  status !== 'COMPLETED' && status !== 'CANCELLED';

/** Active, and due before the day. */
export const isOverdue = (task: Pick<TaskView, 'status' | 'dueOn'>, on: LocalDate): boolean =>
  isActive(task) && task.dueOn !== undefined && task.dueOn < on;
