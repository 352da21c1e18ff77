import { isUtf8 } from 'node:buffer';
import { createSecretKey } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { Awaitable } from '../kernel/async';
import { INPUT_BOUNDS } from '../kernel/limits';
import { Outage } from '../kernel/outage';
import { ok, refused, type Result } from '../kernel/refusal';
import { systemClock, type Clock, type Instant } from '../kernel/time';
import { TokenRefusalReason } from '../kernel/telemetry';
import { parsePrincipal, type Principal } from './principal';
import { isSafeSecret, MIN_SECRET_BYTES } from './shared-secret';

/** What a valid token says. */
export interface VerifiedToken {
  readonly principal: Principal;
  readonly expiresAt: Instant;
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
  /** Throws `Outage` if no token can be verified now, because the signing keys cannot be read. */
  requireKeys(): Promise<void>;
}

export interface TokenVerifierOptions {
  /** The shared secret of HS256 tokens. Exactly one of `secret` and `jwksUrl` is needed. */
  readonly secret?: string;
  /** The URL of the public keys. */
  readonly jwksUrl?: string;
  /** If given, every token must have it. The same holds for `audience`. */
  readonly issuer?: string;
  readonly audience?: string;
  readonly clock?: Clock;
  /** How long to wait for the public keys. */
  readonly timeoutMs?: number;
  /** How many verified tokens are cached; 10,000 by default. */
  readonly cacheSize?: number;
}

const BEARER = /^bearer +/i;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * How far an issuer's clock may be ahead of ours, for `nbf` and `iat`. `exp` has no tolerance, so that it means the same for
 * cached tokens.
 */
const CLOCK_TOLERANCE_S = 5;

/**
 * Fetched keys, and tokens verified with them, are checked again after this time. So a withdrawn key stops working after at
 * most twice as long.
 */
const KEYS_TRUSTED_FOR_MS = 10 * 60_000;

const unauthenticated = (message: string) => refused({ kind: 'UNAUTHENTICATED', message });
const MISSING = unauthenticated('A bearer token is required.');
const INVALID = unauthenticated('The token is invalid.');
const EXPIRED = unauthenticated('The token has expired.');
const REASONS: ReadonlyMap<Result<VerifiedToken>, TokenRefusalReason> = new Map([
  [MISSING, 'missing'],
  [INVALID, 'invalid'],
  [EXPIRED, 'expired'],
]);

/** Why a token was refused; undefined if it was not. */
export const reasonOf = (verified: Result<VerifiedToken>): TokenRefusalReason | undefined => REASONS.get(verified);

interface CachedToken {
  readonly token: string;
  readonly answer: Result<VerifiedToken>;
  readonly until: Instant;
}

/**
 * The cache key of a token is the end of its signature: hashing the whole token would cost more than anything else in an
 * answer. The whole token is still compared after the lookup.
 */
const cacheKey = (token: string): string => token.slice(-43);

/** The raw bytes of the claims: jose has replaced bytes that are not UTF-8 by U+FFFD. */
const payloadOf = (token: string): Buffer => Buffer.from(token.split('.')[1] ?? '', 'base64url');

/** Only valid tokens are cached, so a flood of invalid ones evicts none of them. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier & KeyHolder {
  const clock = options.clock ?? systemClock;
  const { findKey, requireKeys, algorithms, trustedForMs } = keySource(options);
  const { issuer, audience } = options;
  const cache = new LRUCache<string, CachedToken>({ max: options.cacheSize ?? 10_000 });

  async function signedClaims(token: string): Promise<Result<JWTPayload>> {
    const currentDate = new Date(clock.now());
    const checks = { algorithms, issuer, audience, currentDate, clockTolerance: CLOCK_TOLERANCE_S };
    try {
      return ok((await jwtVerify(token, findKey, checks)).payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return EXPIRED;
      if (error instanceof errors.JOSEError) return INVALID;
      throw error;
    }
  }

  async function verifyAnew(token: string): Promise<Result<VerifiedToken>> {
    const claims = await signedClaims(token);
    if (!claims.ok) return claims;
    if (!isUtf8(payloadOf(token))) return INVALID;
    const { exp, iat } = claims.value;
    // JSON can write infinity: 1e999.
    if (exp === undefined || !Number.isFinite(exp)) return INVALID;
    const now = clock.now();
    const expiresAt = exp * 1000;
    if (expiresAt <= now) return EXPIRED;
    if (iat !== undefined && iat * 1000 > now + CLOCK_TOLERANCE_S * 1000) return INVALID;
    const principal = parsePrincipal(claims.value);
    if (principal === undefined) return INVALID;
    const answer = ok({ principal, expiresAt });
    cache.set(cacheKey(token), { token, answer, until: Math.min(expiresAt, now + trustedForMs) });
    return answer;
  }

  return {
    requireKeys,
    verify(authorization) {
      if (authorization === undefined) return MISSING;
      if (authorization.length > INPUT_BOUNDS.maxAuthorizationLength) return INVALID;
      const scheme = BEARER.exec(authorization)?.[0];
      if (scheme === undefined) return MISSING;
      const token = authorization.slice(scheme.length);
      const known = cache.get(cacheKey(token));
      if (known?.token === token) {
        if (clock.now() < known.until) return known.answer;
        cache.delete(cacheKey(token));
      }
      return COMPACT_JWS.test(token) ? verifyAnew(token) : INVALID;
    },
  };
}

interface KeySource {
  readonly findKey: JWTVerifyGetKey;
  readonly requireKeys: () => Promise<void>;
  /** The two sources have separate lists: a public key must never be accepted as an HMAC secret. */
  readonly algorithms: string[];
  readonly trustedForMs: number;
}

function keySource({ secret, jwksUrl, timeoutMs }: TokenVerifierOptions): KeySource {
  if (secret !== undefined && jwksUrl === undefined) return sharedSecret(secret);
  if (jwksUrl !== undefined && secret === undefined) return publishedKeys(new URL(jwksUrl), timeoutMs);
  throw new Error('Tokens are verified with either a secret or a JWKS URL: set exactly one of them.');
}

function sharedSecret(secret: string): KeySource {
  if (!isSafeSecret(secret)) {
    throw new Error(
      `A secret needs at least ${MIN_SECRET_BYTES} bytes, not all of them spaces: a weaker one can be guessed.`,
    );
  }
  const key = createSecretKey(secret, 'utf8');
  const requireKeys = (): Promise<void> => Promise.resolve();
  return { findKey: () => key, requireKeys, algorithms: ['HS256'], trustedForMs: Infinity };
}

function publishedKeys(url: URL, timeoutDuration = 5_000): KeySource {
  const find = createRemoteJWKSet(url, { cacheMaxAge: KEYS_TRUSTED_FOR_MS, timeoutDuration });
  return {
    requireKeys: async () => {
      if (!find.fresh) await find.reload().catch(unreadable);
    },
    findKey: async (header, token) => {
      try {
        return await find(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        return unreadable(error);
      }
    },
    algorithms: [
      ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
      ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
    ],
    trustedForMs: KEYS_TRUSTED_FOR_MS,
  };
}

function unreadable(cause: unknown): never {
  throw new Outage('The public keys for verifying tokens cannot be read.', { cause });
}
