import { refused, type Result } from '../kernel/refusal';
import { TokenRefusalReason } from '../kernel/telemetry';

const unauthenticated = (message: string) => refused({ kind: 'UNAUTHENTICATED', message });

/** How each reason is answered. The answers are compared by identity, so that `reasonOf` needs no message. */
export const REFUSED_TOKENS = {
  missing: unauthenticated('A bearer token is required.'),
  invalid: unauthenticated('The token is invalid.'),
  'no-access-token': unauthenticated('The token is no access token.'),
  expired: unauthenticated('The token has expired.'),
  revoked: unauthenticated('The token is revoked.'),
} as const satisfies Record<TokenRefusalReason, Result<never>>;

const REASONS = new Map<unknown, TokenRefusalReason>(
  (Object.keys(REFUSED_TOKENS) as TokenRefusalReason[]).map((reason) => [REFUSED_TOKENS[reason], reason]),
);

/** Why a token was refused; undefined if it was not. */
export const reasonOf = (verified: Result<unknown>): TokenRefusalReason | undefined => REASONS.get(verified);
