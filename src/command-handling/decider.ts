import { EntityName } from '../kernel/codes';
import { Result } from '../kernel/refusal';
import { Instant, LedgerCalendar } from '../kernel/time';
import { Fold } from '../event-store/fold';

/**
 * The rules of one kind of entity. `decide` is pure: the context has the time, the reason and what else exists. It checks in this order:
 * does the entity exist (or not yet), do its references exist, do the rules allow the command. It judges the record, whatever is in force.
 */
export interface Decider<State, Command> extends Fold<State> {
  /** The department that the command touches, for the authorisation; undefined where the entity does not exist. */
  departmentOf(record: State | undefined, command: Command): string | undefined;
  /** The other entities that have to exist. */
  references(command: Command): readonly EntityName[];
  decide(record: State | undefined, command: Command, context: DecisionContext): Result<readonly NewFact[]>;
}

export interface NewFact {
  readonly type: string;
  readonly data: object;
}

export interface DecisionContext {
  readonly effectiveAt: Instant;
  readonly now: Instant;
  readonly reason?: string;
  readonly calendar: LedgerCalendar;
  /** Of the command's references. */
  exists(entity: EntityName): boolean;
}
