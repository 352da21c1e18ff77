import { Principal, Role } from '../auth/principal';
import { JsonObject } from '../kernel/json';
import { Instant } from '../kernel/time';
import { Attempt } from './attempt';

export const STATUSES = ['ACTIVE', 'PAUSED', 'STOPPED'] as const;
/** `PAUSED`: by a person. `STOPPED`: by the server. */
export type WebhookStatus = (typeof STATUSES)[number];

export const STOP_REASONS = ['FAILURES', 'GONE', 'RIGHT_LOST', 'FILTER_UNKNOWN', 'LOG_REPLACED'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** What the token of the subscriber said. There are no tokens at the time of a delivery. */
export interface Subscriber extends Pick<Principal, 'sub' | 'name'> {
  readonly roles: readonly Role[];
  /** Patterns: codes, prefixes and `*`. */
  readonly departments: readonly string[];
  readonly readDepartments: readonly string[];
}

/** A secret that still signs beside its successor. */
export interface PreviousSecret {
  readonly hash: string;
  readonly until: Instant;
}

/** What is on record of a webhook that has not ended. */
export interface Webhook {
  readonly code: string;
  readonly url: string;
  /** As the client sent it. */
  readonly filter: JsonObject;
  readonly subscriber: Subscriber;
  readonly subscribedAt: Instant;
  readonly status: WebhookStatus;
  readonly stopReason?: StopReason;
  /** SHA-256 of the secret, in hexadecimal digits. */
  readonly secretHash: string;
  readonly previousSecret?: PreviousSecret;
  /** Names the position that deliveries began at. A new one begins with each replay; attempts of an earlier run move nothing. */
  readonly run: string;
  /** Everything up to here that matches was delivered. */
  readonly position: bigint;
  /** The id of the last event up to there, once it is known. A log that has another one there was replaced. */
  readonly mark?: string;
  /** How many attempts in a row have failed. */
  readonly failures: number;
  /** The one that `failures` counts to. */
  readonly lastAttempt?: Pick<Attempt, 'at' | 'retryAfterMs'>;
  /** The newest attempts, the last one last. */
  readonly attempts: readonly Attempt[];
}
