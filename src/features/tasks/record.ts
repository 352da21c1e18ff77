import { Map } from 'immutable';
import { effectiveAtOf } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { Decimal } from '../../kernel/decimal';
import { Dated, EffectiveOrder, emptyOrder, withFact } from '../../kernel/effective-order';
import { CorruptLedger } from '../../kernel/outage';
import { LocalDate } from '../../kernel/time';
import { taskEventOf, TaskPlanned } from './events';

/** What is on record of a task: its plan, which is true from the beginning, and the facts since. */
export interface TaskRecord {
  readonly founding: TaskPlanned;
  /** With the completions, which count as reports of 100. */
  readonly reports: EffectiveOrder<ProgressReport>;
  readonly statusFacts: EffectiveOrder<StatusFact>;
  /** By the code of the milestone. */
  readonly reached: Map<string, MilestoneReached>;
}

export interface ProgressReport extends Dated {
  readonly progress: Decimal;
}

/** A reopening makes the task ACTIVE: its status then depends on its progress and milestones. */
export type StatusFact = Dated &
  (
    | { readonly turns: 'COMPLETED'; readonly completedOn: LocalDate }
    | { readonly turns: 'CANCELLED' }
    | { readonly turns: 'ACTIVE' }
  );

export interface MilestoneReached extends Dated {
  readonly reachedOn: LocalDate;
}

export const taskFold: Fold<TaskRecord> = {
  entityType: 'TASK',
  evolve(record, stored) {
    const event = taskEventOf(stored);
    if (event.type === 'TaskPlanned') {
      return { founding: event.data, reports: emptyOrder(), statusFacts: emptyOrder(), reached: Map() };
    }
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with a plan`);
    const dated: Dated = { effectiveAt: effectiveAtOf(event), position: event.position };
    switch (event.type) {
      case 'TaskProgressReported':
        return withReport(record, { ...dated, progress: event.data.progress });
      case 'TaskMilestoneReached': {
        const { milestone, reachedOn } = event.data;
        return { ...record, reached: record.reached.set(milestone, { ...dated, reachedOn }) };
      }
      case 'TaskCompleted': {
        const completion: StatusFact = { ...dated, turns: 'COMPLETED', completedOn: event.data.completedOn };
        return withReport(withStatus(record, completion), { ...dated, progress: '100' });
      }
      case 'TaskCancelled':
        return withStatus(record, { ...dated, turns: 'CANCELLED' });
      case 'TaskReopened':
        return withStatus(record, { ...dated, turns: 'ACTIVE' });
    }
  },
};

const withReport = (record: TaskRecord, report: ProgressReport): TaskRecord => ({
  ...record,
  reports: withFact(record.reports, report),
});

const withStatus = (record: TaskRecord, fact: StatusFact): TaskRecord => ({
  ...record,
  statusFacts: withFact(record.statusFacts, fact),
});
