import { isUtf8 } from 'node:buffer';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose';
import { ok, type Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { canBeAccessToken } from './access-token';
import { claimAt, ClaimPath } from './claim-path';
import { KeyOptions, keySourceOf } from './keys/key-source-of';
import { KeySource } from './keys/key-source';
import { parsePrincipal, type Principal } from './principal';
import { REFUSED_TOKENS } from './token-refusals';

export interface IssuerOptions extends KeyOptions {
  /** If given, every token must have it. */
  readonly audience?: string;
  /** Where the claims are. By default they are `roles`, `departments` and `readDepartments`. */
  readonly rolesClaim?: ClaimPath;
  readonly departmentsClaim?: ClaimPath;
  readonly readDepartmentsClaim?: ClaimPath;
  /** How old a token may become, whatever it says of its expiry. Then it must say when it was issued. */
  readonly maxAgeSeconds?: number;
  /** What is put before each `sub`, so that two issuers do not name different persons alike. */
  readonly subjectPrefix?: string;
}

/** What the claims of a valid token say. */
export interface IssuedToken {
  readonly principal: Principal;
  readonly expiresAt: Instant;
  readonly id: unknown;
  /** For how long the token need not be verified again. */
  readonly trustedForMs: number;
}

/**
 * How far an issuer's clock may be ahead of ours, for `nbf` and `iat`. `exp` has no tolerance, so that it means the same for
 * cached tokens.
 */
const CLOCK_TOLERANCE_S = 5;

/** Judges the tokens of one issuer. */
export class TrustedIssuer {
  readonly keys: KeySource;
  readonly subjectPrefix: string;

  constructor(
    private readonly options: IssuerOptions,
    timeoutMs: number,
  ) {
    this.keys = keySourceOf(options, timeoutMs);
    this.subjectPrefix = options.subjectPrefix ?? '';
  }

  async verify(token: string, now: Instant): Promise<Result<IssuedToken>> {
    const signed = await this.signed(token, now);
    if (!signed.ok) return signed;
    if (!isUtf8(payloadOf(token))) return REFUSED_TOKENS.invalid;
    const { protectedHeader, payload } = signed.value;
    if (!canBeAccessToken(protectedHeader, payload)) return REFUSED_TOKENS['no-access-token'];
    const expiresAt = this.expiryOf(payload, now);
    if (expiresAt === undefined) return REFUSED_TOKENS.invalid;
    if (expiresAt <= now) return REFUSED_TOKENS.expired;
    const principal = parsePrincipal(this.namedClaims(payload));
    if (principal === undefined) return REFUSED_TOKENS.invalid;
    return ok({
      principal: { ...principal, sub: this.subjectPrefix + principal.sub },
      expiresAt,
      id: payload.jti,
      trustedForMs: this.keys.trustedForMs,
    });
  }

  private async signed(token: string, now: Instant): Promise<Result<JWTVerifyResult>> {
    const { issuer, audience } = this.options;
    const { findKey, algorithms } = this.keys;
    const currentDate = new Date(now);
    const checks = { algorithms, issuer, audience, currentDate, clockTolerance: CLOCK_TOLERANCE_S };
    try {
      return ok(await jwtVerify(token, findKey, checks));
    } catch (error) {
      if (error instanceof errors.JWTExpired) return REFUSED_TOKENS.expired;
      if (error instanceof errors.JOSEError) return REFUSED_TOKENS.invalid;
      throw error;
    }
  }

  /** undefined if the token does not say when it expires, or when it was issued. */
  private expiryOf({ exp, iat }: JWTPayload, now: Instant): Instant | undefined {
    const { maxAgeSeconds } = this.options;
    // JSON can write infinity: 1e999.
    if (exp === undefined || !Number.isFinite(exp)) return undefined;
    if (iat === undefined) return maxAgeSeconds === undefined ? exp * 1000 : undefined;
    if (iat * 1000 > now + CLOCK_TOLERANCE_S * 1000) return undefined;
    return (maxAgeSeconds === undefined ? exp : Math.min(exp, iat + maxAgeSeconds)) * 1000;
  }

  /** The claims under the names that a principal is read from. */
  private namedClaims(claims: JWTPayload): JWTPayload {
    const { rolesClaim, departmentsClaim, readDepartmentsClaim } = this.options;
    return {
      ...claims,
      ...(rolesClaim && { roles: claimAt(claims, rolesClaim) }),
      ...(departmentsClaim && { departments: claimAt(claims, departmentsClaim) }),
      ...(readDepartmentsClaim && { readDepartments: claimAt(claims, readDepartmentsClaim) }),
    };
  }
}

/** The raw bytes of the claims: jose has replaced bytes that are not UTF-8 by U+FFFD. */
const payloadOf = (token: string): Buffer =>
  Buffer.from(token.slice(token.indexOf('.') + 1, token.lastIndexOf('.')), 'base64url');
