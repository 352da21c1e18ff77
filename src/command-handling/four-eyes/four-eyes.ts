import { NewEvent, StoredEvent } from '../../event-store/envelope';
import { Instant, LedgerCalendar } from '../../kernel/time';
import { Decider } from '../decider';
import { DayTotals, movedWithEarlier, withMovements } from './day-totals';
import { coveredBy, FourEyesRule, Movement } from './rules';

type Judged = Pick<Decider<unknown, never>, 'evolve' | 'movementsOf' | 'isClosed'>;

/** A command that the rules of its entity allow. */
interface AllowedCommand {
  /** The name of the action. */
  readonly action: string;
  readonly actor: string;
  readonly decider: Judged;
  /** The record before the command. */
  readonly record: unknown;
  readonly events: readonly NewEvent[];
  readonly totals: DayTotals | undefined;
  readonly now: Instant;
}

/** Which commands need a second person (docs/four-eyes.md). */
export class FourEyes {
  private readonly withThreshold: readonly FourEyesRule[];

  constructor(
    private readonly rules: readonly FourEyesRule[],
    private readonly calendar: LedgerCalendar,
  ) {
    this.withThreshold = rules.filter(({ threshold }) => threshold !== undefined);
  }

  needsSecondPerson({ action, actor, decider, record, events, totals, now }: AllowedCommand): boolean {
    if (this.rules.length === 0) return false;
    const movements = movementsOf(decider, record, events);
    return this.rules.some((rule) => {
      const covered = coveredBy(rule, action, movements);
      if (covered === undefined) return false;
      if (rule.closedOnly && !decider.isClosed?.(record)) return false;
      if (rule.threshold === undefined) return true;
      const day = this.calendar.dateOf(now);
      return movedWithEarlier(totals, rule, { day, actor, movements: covered }) >= rule.threshold;
    });
  }

  /** The totals of the day with one more event on record. */
  totalsAfter(
    totals: DayTotals | undefined,
    decider: Judged,
    before: unknown,
    event: StoredEvent,
  ): DayTotals | undefined {
    if (this.withThreshold.length === 0) return totals;
    const movements = decider.movementsOf?.(before, event) ?? [];
    if (movements.length === 0) return totals;
    const day = this.calendar.dateOf(event.storedAt);
    return withMovements(totals, this.withThreshold, { day, actor: event.metadata.actor.sub, movements });
  }
}

/** Of several events of a command, none changes what the others move: they record facts of their own. */
const movementsOf = (decider: Judged, record: unknown, events: readonly NewEvent[]): readonly Movement[] =>
  events.flatMap((event) => decider.movementsOf?.(record, event) ?? []);
