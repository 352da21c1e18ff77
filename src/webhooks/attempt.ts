import { Instant } from '../kernel/time';

export const ATTEMPT_OUTCOMES = [
  'DELIVERED',
  'REFUSED',
  'TIMED_OUT',
  'NOT_CONNECTED',
  'NAME_NOT_FOUND',
  'ADDRESS_NOT_ALLOWED',
  'SECRET_MISSING',
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** One attempt to deliver one change. Nothing of what the receiver answers is kept but its status. */
export interface Attempt {
  readonly position: bigint;
  readonly eventId: string;
  /** From 1: the attempts for this change, in a row. */
  readonly number: number;
  readonly at: Instant;
  readonly ms: number;
  readonly outcome: AttemptOutcome;
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** For how long the receiver asked to be left alone, as far as that is honoured. */
  readonly retryAfterMs?: number;
}

/** How many attempts of a webhook are kept for its readers. */
export const KEPT_ATTEMPTS = 100;
