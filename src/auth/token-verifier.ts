import { isUtf8 } from 'node:buffer';
import { createSecretKey } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { INPUT_BOUNDS } from '../kernel/limits';
import { Outage } from '../kernel/outage';
import { ok, refused, type Result } from '../kernel/refusal';
import { systemClock, type Clock, type Instant } from '../kernel/time';
import { parsePrincipal, type Principal } from './principal';
import { isSafeSecret, MIN_SECRET_BYTES } from './shared-secret';

export interface TokenVerifier {
  /**
   * Who sent the `Authorization` header. A token seen before is answered at once, others by a promise. The promise
   * rejects with an Outage where the signing keys are out of reach: the token may be good, so it is not UNAUTHENTICATED.
   */
  verify(authorization: string | undefined): Result<Principal> | Promise<Result<Principal>>;
}

export interface TokenVerifierOptions {
  /** The shared secret of HS256 tokens. Exactly one of `secret` and `jwksUrl` is needed. */
  readonly secret?: string;
  /** Where the public keys are published. */
  readonly jwksUrl?: string;
  /** Required of every token where given; so is `audience`. */
  readonly issuer?: string;
  readonly audience?: string;
  readonly clock?: Clock;
  /** How many verified tokens are remembered; 10,000 by default. */
  readonly cacheSize?: number;
}

const BEARER = /^bearer +/i;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** How far an issuer's clock may run ahead of ours, for `nbf` and `iat`. `exp` has no grace: it means the same cached or not. */
const CLOCK_TOLERANCE_S = 5;

/** Fetched keys, and what was verified with them, are looked at again after this: a withdrawn key is dead after twice as long. */
const KEYS_TRUSTED_FOR_MS = 10 * 60_000;

const unauthenticated = (message: string) => refused({ kind: 'UNAUTHENTICATED', message });
const MISSING = unauthenticated('A bearer token is required.');
const INVALID = unauthenticated('The token is invalid.');
const EXPIRED = unauthenticated('The token has expired.');

interface Remembered {
  readonly token: string;
  readonly answer: Result<Principal>;
  readonly until: Instant;
}

/**
 * What a token is looked up by: hashing all of it would be the dearest part of an answer. The end of a signature tells
 * good tokens apart; that the rest is the same too has still to be compared.
 */
const cacheKey = (token: string): string => token.slice(-43);

/** The claims as they were sent: jose has decoded bytes that are not UTF-8 to U+FFFD. */
const payloadOf = (token: string): Buffer => Buffer.from(token.split('.')[1] ?? '', 'base64url');

/** Only good tokens are remembered, so that a flood of bad ones pushes none of them out. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const clock = options.clock ?? systemClock;
  const { findKey, algorithms, trustedForMs } = keySource(options);
  const { issuer, audience } = options;
  const remembered = new LRUCache<string, Remembered>({ max: options.cacheSize ?? 10_000 });

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

  async function verifyAnew(token: string): Promise<Result<Principal>> {
    const claims = await signedClaims(token);
    if (!claims.ok) return claims;
    if (!isUtf8(payloadOf(token))) return INVALID;
    const { exp, iat } = claims.value;
    // JSON can spell infinity: 1e999.
    if (exp === undefined || !Number.isFinite(exp)) return INVALID;
    const now = clock.now();
    if (exp * 1000 <= now) return EXPIRED;
    if (iat !== undefined && iat * 1000 > now + CLOCK_TOLERANCE_S * 1000) return INVALID;
    const principal = parsePrincipal(claims.value);
    if (principal === undefined) return INVALID;
    const answer = ok(principal);
    remembered.set(cacheKey(token), { token, answer, until: Math.min(exp * 1000, now + trustedForMs) });
    return answer;
  }

  return {
    verify(authorization) {
      if (authorization === undefined) return MISSING;
      if (authorization.length > INPUT_BOUNDS.maxAuthorizationLength) return INVALID;
      const scheme = BEARER.exec(authorization)?.[0];
      if (scheme === undefined) return MISSING;
      const token = authorization.slice(scheme.length);
      const known = remembered.get(cacheKey(token));
      if (known?.token === token) {
        if (clock.now() < known.until) return known.answer;
        remembered.delete(cacheKey(token));
      }
      return COMPACT_JWS.test(token) ? verifyAnew(token) : INVALID;
    },
  };
}

interface KeySource {
  readonly findKey: JWTVerifyGetKey;
  /** Never one list for both sources: a public key must not be taken for an HMAC secret. */
  readonly algorithms: string[];
  readonly trustedForMs: number;
}

function keySource({ secret, jwksUrl }: TokenVerifierOptions): KeySource {
  if (secret !== undefined && jwksUrl === undefined) return sharedSecret(secret);
  if (jwksUrl !== undefined && secret === undefined) return publishedKeys(new URL(jwksUrl));
  throw new Error('Tokens are verified with either a secret or a JWKS URL: give exactly one of them.');
}

function sharedSecret(secret: string): KeySource {
  if (!isSafeSecret(secret)) {
    throw new Error(`A secret has at least ${MIN_SECRET_BYTES} bytes, not all of them spaces: anyone could guess it.`);
  }
  const key = createSecretKey(secret, 'utf8');
  return { findKey: () => key, algorithms: ['HS256'], trustedForMs: Infinity };
}

function publishedKeys(url: URL): KeySource {
  const find = createRemoteJWKSet(url, { cacheMaxAge: KEYS_TRUSTED_FOR_MS });
  return {
    findKey: async (header, token) => {
      try {
        return await find(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw new Outage('The keys that tokens are signed with cannot be read.', { cause: error });
      }
    },
    algorithms: [
      ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
      ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
    ],
    trustedForMs: KEYS_TRUSTED_FOR_MS,
  };
}
