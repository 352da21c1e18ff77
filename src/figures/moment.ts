import { formatInstant, LocalDate } from '../kernel/time';
import { Scope } from '../reading/scope';

/** The moment that figures are as of. Two readings at the same moment give the same figures, and the same texts. */
export interface Moment {
  readonly position: string;
  /** When the last event up to the position was recorded. */
  readonly recordedAt: string;
  readonly recordedOn: LocalDate;
  /** undefined: every fact on record counts, whatever its effective date. */
  readonly effectiveAt?: string;
  readonly effectiveOn?: LocalDate;
  readonly timeZone: string;
}

/** Without the time of asking, which changes from one reading to the next. */
export function momentOf({ snapshot, services: { calendar } }: Scope): Moment {
  const { position, recordedAt, effectiveAt } = snapshot;
  return {
    position: position.toString(),
    recordedAt: formatInstant(recordedAt),
    recordedOn: calendar.dateOf(recordedAt),
    ...(effectiveAt === undefined
      ? {}
      : { effectiveAt: formatInstant(effectiveAt), effectiveOn: calendar.dateOf(effectiveAt) }),
    timeZone: calendar.timeZone,
  };
}
