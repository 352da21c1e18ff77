import { Awaitable } from '../kernel/async';
import { INPUT_BOUNDS } from '../kernel/limits';
import { ok, type Result } from '../kernel/refusal';
import { systemClock, type Clock } from '../kernel/time';
import { canBeListed } from './revocation-list';
import { RevokedTokens } from './revoked-tokens';
import { TokenCache } from './token-cache';
import { REFUSED_TOKENS } from './token-refusals';
import { IssuerOptions } from './trusted-issuer';
import { TrustedIssuers } from './trusted-issuers';
import { KeyHolder, TokenVerifier, VerifiedToken } from './verified-token';

/** Either the options of one issuer, or a list of issuers. */
export interface TokenVerifierOptions extends IssuerOptions {
  readonly issuers?: readonly IssuerOptions[];
  /** If given, a token needs a `jti` that is not among these, and could be. */
  readonly revoked?: RevokedTokens;
  readonly clock?: Clock;
  /** How long to wait for each answer of an identity provider. */
  readonly timeoutMs?: number;
  /** How many verified tokens are cached; 10,000 by default. */
  readonly cacheSize?: number;
}

interface KnownToken {
  readonly answer: Result<VerifiedToken>;
  readonly isRevoked: () => boolean;
}

const BEARER = /^bearer +/i;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier & KeyHolder {
  const { issuers = [options], revoked, clock = systemClock, timeoutMs = 5_000 } = options;
  const trusted = new TrustedIssuers(issuers, timeoutMs);
  const cache = new TokenCache<KnownToken>(options.cacheSize ?? 10_000);

  async function verifyAnew(token: string): Promise<Result<VerifiedToken>> {
    const now = clock.now();
    const issued = await trusted.verify(token, now);
    if (!issued.ok) return issued;
    const { principal, expiresAt, id, trustedForMs } = issued.value;
    if (revoked === undefined) return remember({ answer: ok({ principal, expiresAt }), isRevoked: () => false });
    // It could never be revoked.
    if (typeof id !== 'string' || !canBeListed(id)) return REFUSED_TOKENS.invalid;
    const onRevoked = (act: () => void) => revoked.onRevoked(id, act);
    return remember({ answer: ok({ principal, expiresAt, onRevoked }), isRevoked: () => revoked.has(id) });

    function remember(known: KnownToken): Result<VerifiedToken> {
      if (known.isRevoked()) return REFUSED_TOKENS.revoked;
      cache.set(token, known, Math.min(expiresAt, now + trustedForMs));
      return known.answer;
    }
  }

  return {
    requireKeys: () => trusted.requireKeys(),
    verify(authorization): Awaitable<Result<VerifiedToken>> {
      if (authorization === undefined) return REFUSED_TOKENS.missing;
      if (authorization.length > INPUT_BOUNDS.maxAuthorizationLength) return REFUSED_TOKENS.invalid;
      const scheme = BEARER.exec(authorization)?.[0];
      if (scheme === undefined) return REFUSED_TOKENS.missing;
      const token = authorization.slice(scheme.length);
      const known = cache.get(token, clock.now());
      if (known !== undefined) return known.isRevoked() ? REFUSED_TOKENS.revoked : known.answer;
      return COMPACT_JWS.test(token) ? verifyAnew(token) : REFUSED_TOKENS.invalid;
    },
  };
}
