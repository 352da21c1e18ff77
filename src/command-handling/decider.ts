import { EntityName } from '../kernel/codes';
import { Result } from '../kernel/refusal';
import { Instant, LedgerCalendar } from '../kernel/time';
import { EventMetadata, StoredEvent } from '../event-store/envelope';
import { Fold } from '../event-store/fold';

/**
 * The rules of one kind of entity. `decide` is pure: the time, the reason and the existence of other entities come from the
 * context. It checks in this order: does the entity exist (or not yet), do the references exist, do the rules allow the
 * command. It decides on the whole record, whatever is in force.
 */
export interface Decider<State, Command> extends Fold<State> {
  /** The department that the command concerns, for authorisation; undefined if the entity does not exist. */
  departmentOf(record: State | undefined, command: Command): string | undefined;
  /** The other entities that must exist. */
  references(command: Command): readonly EntityName[];
  decide(record: State | undefined, command: Command, context: DecisionContext): Result<readonly NewFact[]>;
}

export interface NewFact {
  readonly type: string;
  readonly data: object;
  readonly origin?: FactOrigin;
}

/** What is recorded about the origin of one fact, in place of what its command says. */
export type FactOrigin = Partial<Pick<EventMetadata, 'documentNo' | 'evidence'>> & {
  readonly effectiveAt?: Instant;
};

/** A fact of one of these event types. */
export type FactOf<Event> =
  Event extends StoredEvent<infer Type, infer Data>
    ? { readonly type: Type; readonly data: Data; readonly origin?: FactOrigin }
    : never;

/** The facts that a command records, each of one of these event types, or why it is refused. */
export type DecisionOf<Event> = Result<readonly FactOf<Event>[]>;

export interface DecisionContext {
  readonly effectiveAt: Instant;
  readonly now: Instant;
  readonly reason?: string;
  readonly calendar: LedgerCalendar;
  /** Only for entities that `references` returns. */
  exists(entity: EntityName): boolean;
}
