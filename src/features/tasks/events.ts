import { StoredEvent } from '../../event-store/envelope';
import { EventTypesOf } from '../../event-store/event-types';
import { Decimal } from '../../kernel/decimal';
import { LocalDate } from '../../kernel/time';

export interface MilestonePlan {
  /** Unique within the task. */
  readonly code: string;
  readonly title: string;
  readonly dueOn?: LocalDate;
}

export interface TaskPlanned {
  readonly code: string;
  readonly department: string;
  readonly fiscalYear: number;
  readonly title: string;
  readonly goal?: string;
  /** The code of the task that this one is a part of. */
  readonly parent?: string;
  readonly weight?: Decimal;
  readonly startOn?: LocalDate;
  readonly dueOn?: LocalDate;
  readonly milestones: readonly MilestonePlan[];
}

export interface TaskProgressReported {
  /** From 0 to 100. */
  readonly progress: Decimal;
  readonly note?: string;
}

export interface TaskMilestoneReached {
  /** The code of the milestone. */
  readonly milestone: string;
  readonly reachedOn: LocalDate;
}

export interface TaskCompleted {
  readonly completedOn: LocalDate;
}

export type TaskCancelled = Readonly<Record<string, never>>;

export type TaskReopened = Readonly<Record<string, never>>;

export type TaskEvent =
  | StoredEvent<'TaskPlanned', TaskPlanned>
  | StoredEvent<'TaskProgressReported', TaskProgressReported>
  | StoredEvent<'TaskMilestoneReached', TaskMilestoneReached>
  | StoredEvent<'TaskCompleted', TaskCompleted>
  | StoredEvent<'TaskCancelled', TaskCancelled>
  | StoredEvent<'TaskReopened', TaskReopened>;

export const taskEventTypes = {
  TaskPlanned: { upcasters: [], personal: [] },
  TaskProgressReported: { upcasters: [], personal: ['note'] },
  TaskMilestoneReached: { upcasters: [], personal: [] },
  TaskCompleted: { upcasters: [], personal: [] },
  TaskCancelled: { upcasters: [], personal: [] },
  TaskReopened: { upcasters: [], personal: [] },
} satisfies EventTypesOf<TaskEvent>;

/** The event of a task's stream. Every event is known and in its newest form when it leaves the event store. */
export const taskEventOf = (stored: StoredEvent): TaskEvent => stored as unknown as TaskEvent;
