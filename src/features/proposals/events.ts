import { NewEvent, StoredEvent } from '../../event-store/envelope';
import { EventTypesOf } from '../../event-store/event-types';
import { JsonObject } from '../../kernel/json';

/** A command that waits for a second person, with all that it is judged and recorded by later. */
export interface ProposalMade {
  readonly code: string;
  /** The name of the action. */
  readonly command: string;
  /** As sent. */
  readonly input: JsonObject;
  /** The entity of the command. It may not be there yet. */
  readonly entityType: string;
  readonly entity: string;
  readonly department: string;
  readonly fiscalYear?: number;
  /** When the fact is true in the world, RFC 3339 in UTC. */
  readonly effectiveAt: string;
  /** What the token of who proposed allowed: it is judged again by the policy of the day of the confirmation. */
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  /** What the idempotency key of the command stands for. The key belongs to the entity of the command, not to the proposal. */
  readonly key?: CommandKey;
}

export interface CommandKey {
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/**
 * Somebody confirms the proposal: these events are appended to the entity of the command at this revision, or never. So everybody
 * who finishes the claim comes to the same end.
 */
export interface ProposalClaimed {
  /** The number of the entity's events before them. */
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
  /** That of the confirmation. The claim itself does not use it up. */
  readonly key?: CommandKey;
}

/** The entity changed before the events of the claim were appended: they never will be, and the proposal waits again. */
export type ProposalReleased = Readonly<Record<string, never>>;

export interface ProposalConfirmed {
  /** The id of the first event of the command. */
  readonly change: string;
  /** How many events of the entity the command recorded. */
  readonly changes: number;
}

/** The reason is that of the event. */
export type ProposalRejected = Readonly<Record<string, never>>;
export type ProposalWithdrawn = Readonly<Record<string, never>>;

export type ProposalEvent =
  | StoredEvent<'ProposalMade', ProposalMade>
  | StoredEvent<'ProposalClaimed', ProposalClaimed>
  | StoredEvent<'ProposalReleased', ProposalReleased>
  | StoredEvent<'ProposalConfirmed', ProposalConfirmed>
  | StoredEvent<'ProposalRejected', ProposalRejected>
  | StoredEvent<'ProposalWithdrawn', ProposalWithdrawn>;

export const proposalEventTypes = {
  ProposalMade: { upcasters: [], personal: ['input', 'key'] },
  ProposalClaimed: { upcasters: [], personal: ['events', 'key'] },
  ProposalReleased: { upcasters: [], personal: [] },
  ProposalConfirmed: { upcasters: [], personal: [] },
  ProposalRejected: { upcasters: [], personal: [] },
  ProposalWithdrawn: { upcasters: [], personal: [] },
} satisfies EventTypesOf<ProposalEvent>;

/** The event of a proposal's stream. Every event is known and in its newest form when it leaves the event store. */
export const proposalEventOf = (stored: StoredEvent): ProposalEvent => stored as unknown as ProposalEvent;
