import { Awaitable } from '../kernel/async';
import { Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { Principal } from './principal';

/** What a valid token says. */
export interface VerifiedToken {
  readonly principal: Principal;
  readonly expiresAt: Instant;
  /** Calls `act` if the token is revoked later. Returns a function that ends the wait. undefined: no token can be revoked. */
  readonly onRevoked?: (act: () => void) => () => void;
}

export interface TokenVerifier {
  /**
   * Verifies the token of an `Authorization` header. A token in the cache is answered synchronously, others by a promise.
   * The promise rejects with an Outage if the signing keys cannot be read: the token may be valid, so it is not
   * UNAUTHENTICATED.
   */
  verify(authorization: string | undefined): Awaitable<Result<VerifiedToken>>;
}

export interface KeyHolder {
  /** Throws `Outage` if no token can be verified now, because the signing keys of no issuer can be read. */
  requireKeys(): Promise<void>;
}
