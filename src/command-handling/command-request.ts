import { createHash } from 'node:crypto';
import { Evidence } from '../event-store/envelope';
import { EntityName } from '../kernel/codes';
import { canonicalJson } from '../kernel/json';
import { Patience } from '../kernel/patience';
import { conflict, Refusal, Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { Decider } from './decider';

/** One command on one entity, with everything that is recorded about its origin. */
export interface CommandRequest<State, Command> {
  readonly decider: Decider<State, Command>;
  readonly entity: EntityName;
  readonly command: Command;
  /** The action's name and its input as the client sent it. With the actor, they are what an idempotency key stands for. */
  readonly action: string;
  readonly input: unknown;
  readonly idempotencyKey?: string;
  /** The number of the entity's recorded changes, as in the API. */
  readonly expectedRevision?: number;
  /** When the fact is true in the world. The default is now. */
  readonly effectiveAt?: Instant;
  readonly reason?: string;
  readonly documentNo?: string;
  readonly evidence?: readonly Evidence[];
  readonly actor: { readonly sub: string; readonly name?: string };
  readonly correlationId: string;
  readonly causationId?: string;
  /** Set if a second person has confirmed it: `actor` has proposed it. */
  readonly confirmation?: Confirmation;
  /** How long the request waits; undefined: as long as it takes. */
  readonly patience?: Patience;
  /**
   * The command with what it needs of other entities, as of the effective moment. Called just before the decision, with the newest
   * record. Left out if the command needs nothing.
   */
  prepare?(record: State | undefined, effectiveAt: Instant): Promise<Result<Command>>;
  /** Called as soon as the department is known, before any answer reveals something about the entity. The record is the newest. */
  authorize(department: string, record: State | undefined): Refusal | undefined;
  /** Whether the caller may know what belongs to a department. To this caller, an entity of another one does not exist. */
  sees(department: string): boolean;
}

/** Who confirmed a command that was proposed, and the code of the proposal. */
export interface Confirmation {
  readonly proposal: string;
  readonly by: { readonly sub: string; readonly name?: string };
}

/** The position of the command's events, whether they were recorded now or when the same command was sent before. */
export interface CommandOutcome {
  /** The id of the last event. */
  readonly id: string;
  readonly position: bigint;
  /** How many of the entity's changes up to `position` come from this command. */
  readonly changes: number;
  /** The events were recorded when the same command was sent before. The entity may have changed since. */
  readonly isRepeated: boolean;
  /** The changes of other entities that follow the events. */
  readonly followUps?: readonly MadeFollowUp[];
}

/** A change on record that follows one of another entity. */
export interface MadeFollowUp {
  readonly entity: EntityName;
  /** The id of the change that it follows. */
  readonly follows: string;
  readonly id: string;
  readonly position: bigint;
}

/** What an idempotency key stands for. */
export const fingerprintOf = (request: Pick<CommandRequest<unknown, unknown>, 'action' | 'actor' | 'input'>): string =>
  createHash('sha256')
    .update(canonicalJson([request.action, request.actor.sub, request.input]))
    .digest('base64url');

/** The refusal of a command whose idempotency key stands for another one. */
export const usedOtherwise = ({ code }: EntityName) =>
  conflict(`The idempotency key was used for another command on ${code}`);
