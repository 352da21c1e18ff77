import { andThen } from '../kernel/async';
import { Telemetry } from '../kernel/telemetry';
import { Principal } from './principal';
import { reasonOf } from './token-refusals';
import { TokenVerifier } from './verified-token';

/** Reports why a token is refused, and that a token may read nothing. Never reports the token. */
export function reportingTokens(verifier: Pick<TokenVerifier, 'verify'>, telemetry: Telemetry): TokenVerifier {
  // A token that is verified once and cached has one principal.
  const reported = new WeakSet<Principal>();
  return {
    verify: (authorization) =>
      andThen(verifier.verify(authorization), (verified) => {
        if (verified.ok) reportIfBlind(verified.value.principal);
        else report(reasonOf(verified));
        return verified;
      }),
  };

  function report(reason: ReturnType<typeof reasonOf>): void {
    if (reason !== undefined) telemetry.report({ kind: 'token-refused', reason });
  }

  function reportIfBlind(principal: Principal): void {
    const { sub, roles, readDepartments } = principal;
    if (roles.length === 0 || !readDepartments.isEmpty || reported.has(principal)) return;
    reported.add(principal);
    telemetry.report({ kind: 'token-reads-nothing', sub, roles });
  }
}
