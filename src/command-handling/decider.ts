import { EntityName } from '../kernel/codes';
import { Result } from '../kernel/refusal';
import { Instant, LedgerCalendar } from '../kernel/time';
import { EventMetadata, NewEvent, StoredEvent } from '../event-store/envelope';
import { Fold } from '../event-store/fold';
import { Movement } from './four-eyes/rules';

/**
 * The rules of one kind of entity. `decide` is pure: the time, the reason and the existence of other entities come from the
 * context. It checks in this order: does the entity exist (or not yet), do the references exist, do the rules allow the
 * command. It decides on the whole record, whatever is in force.
 */
export interface Decider<State, Command> extends Fold<State> {
  /** The department that the command concerns, for authorisation; undefined if the entity does not exist. */
  departmentOf(record: State | undefined, command: Command): string | undefined;
  /** The other entities that must exist, in the same department. */
  references(command: Command): readonly EntityName[];
  decide(record: State | undefined, command: Command, context: DecisionContext<State>): Result<readonly NewFact[]>;
  /** The codes of other entities of this kind, if the command is judged on their records too. */
  consulted?(record: State | undefined, command: Command): readonly string[];
  /** Left out if no change of this kind of entity concerns a second entity. */
  readonly followUps?: FollowUps<State>;
  /** What the next event of the record moves. Left out if no change of this kind of entity moves an amount. */
  movementsOf?(before: State | undefined, event: Pick<NewEvent, 'type' | 'data'>): readonly Movement[];
  /** Whether the entity takes only what a closed one takes. Left out if this kind of entity is never closed. */
  isClosed?(record: State | undefined): boolean;
}

/**
 * How a change of one entity is followed by a change of another entity of the same kind. No append writes to two streams, so the
 * first change holds all that the second is made from, and whoever finds that the second is missing appends it. The second is not
 * judged: a command must be judged on both records before the first append (docs/adr/0031).
 */
export interface FollowUps<State> {
  /** What has to follow an event; undefined: nothing. The record holds all that the event refers to. */
  of(record: State, event: Pick<NewEvent, 'id' | 'type' | 'data'>): FollowUp | undefined;
  /** The changes of an entity that something has to follow, in order of recording, whether it is on record or not. */
  due(record: State): readonly DueFollowUp[];
  /** The position of the change that follows the one with this id, which is another entity's; undefined if it is missing. */
  made(record: State, changeId: string): bigint | undefined;
}

export interface FollowUp {
  /** The code of the entity that the fact is recorded for. */
  readonly code: string;
  readonly fact: NewFact;
}

export interface DueFollowUp {
  readonly changeId: string;
  /** The revision of the change in the stream of its entity. */
  readonly revision: bigint;
  /** The code of the entity that the follow-up is recorded for. */
  readonly code: string;
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

export interface DecisionContext<State = unknown> {
  readonly effectiveAt: Instant;
  readonly now: Instant;
  readonly reason?: string;
  /** The `sub` of who acts. */
  readonly actor: string;
  /** The `sub` of who confirms it, if it was proposed. */
  readonly confirmer?: string;
  readonly calendar: LedgerCalendar;
  /** Whether it exists in the department of the command. Only for entities that `references` returns. */
  exists(entity: EntityName): boolean;
  /** The record of another entity of the kind. Only for codes that `consulted` returns. */
  readonly recordOf: (code: string) => State | undefined;
}
