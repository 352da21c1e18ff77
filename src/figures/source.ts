import { effectiveAtOf } from '../event-store/envelope';
import { LedgerCalendar, LocalDate } from '../kernel/time';
import { Change } from '../read-model/change';

/** Where a figure is on record. */
export interface Source {
  readonly position: string;
  readonly documentNo?: string;
  /** The day from which it is true. */
  readonly effectiveOn: LocalDate;
  readonly reason?: string;
  /** The positions of what corrected it, in order of recording. */
  readonly corrections?: readonly string[];
}

/** Where a figure is on record that several facts make together. */
export interface SourceOfSum {
  readonly count: number;
  /** The one that was recorded last. */
  readonly last?: Source;
}

export const NO_FACTS: SourceOfSum = { count: 0 };

export const sourceOf = (change: Change, calendar: LedgerCalendar): Source => ({
  position: change.event.position.toString(),
  documentNo: change.event.metadata.documentNo,
  effectiveOn: calendar.dateOf(effectiveAtOf(change.event)),
  reason: change.event.metadata.reason,
});

export const withFact = ({ count, last }: SourceOfSum, source: Source): SourceOfSum => ({
  count: count + 1,
  last: last === undefined || BigInt(last.position) < BigInt(source.position) ? source : last,
});
