import { JsonObject } from '../kernel/json';
import { Instant, readInstant } from '../kernel/time';

/** An event on its way into the log. */
export interface NewEvent<Type extends string = string, Data extends object = JsonObject> {
  /** A UUID, unique within the stream: the same fact sent twice carries the same id. */
  readonly id: string;
  /** Past tense: `BudgetApproved`. */
  readonly type: Type;
  /** Facts, nothing derived: amounts as exact decimal strings in yuan, days and instants as ISO strings. */
  readonly data: Data;
  readonly metadata: EventMetadata;
}

/** An event as the log holds it. */
export interface StoredEvent<Type extends string = string, Data extends object = JsonObject> extends NewEvent<
  Type,
  Data
> {
  readonly stream: string;
  /** From 0 within the stream. */
  readonly revision: bigint;
  readonly position: bigint;
  /** The store's time, raw. */
  readonly storedAt: Instant;
}

export interface EventMetadata {
  /** The version of the data's shape, from 1 (event-types.ts). */
  readonly schemaVersion: number;
  /** RFC 3339 in UTC with milliseconds. */
  readonly effectiveAt: string;
  readonly actor: { readonly sub: string; readonly name?: string };
  readonly reason?: string;
  readonly documentNo?: string;
  readonly evidence?: readonly Evidence[];
  readonly $correlationId?: string;
  readonly $causationId?: string;
  /** The key that the caller sent, and a fingerprint of the mutation, the actor and the input that it was sent with. */
  readonly idempotencyKey?: string;
  readonly fingerprint?: string;
}

export interface Evidence {
  readonly uri: string;
  readonly sha256?: string;
  readonly title?: string;
}

export const effectiveAtOf = (event: { readonly metadata: EventMetadata }): Instant =>
  readInstant(event.metadata.effectiveAt);
