import { andThen } from '../kernel/async';
import { Telemetry } from '../kernel/telemetry';
import { reasonOf, TokenVerifier } from './token-verifier';

/** Reports why a token is refused, never the token. */
export const reportingTokens = (verifier: Pick<TokenVerifier, 'verify'>, telemetry: Telemetry): TokenVerifier => ({
  verify: (authorization) =>
    andThen(verifier.verify(authorization), (verified) => {
      const reason = reasonOf(verified);
      if (reason !== undefined) telemetry.report({ kind: 'token-refused', reason });
      return verified;
    }),
});
