import { TokenVerifier } from '../auth/verified-token';
import { andThen, Awaitable } from '../kernel/async';
import { Caller, Identify, identifyBy } from './caller';
import { entrance } from './entrance';
import { limitRates, RateLimiting } from './rate-limiting';
import { RequestsInFlight } from './requests-in-flight';

/** Decides which requests are let in. All entry points share it. */
export interface Admission {
  readonly verifier: TokenVerifier;
  /** undefined: there is no rate limit. */
  readonly limiting?: RateLimiting;
  readonly inFlight: RequestsInFlight;
  /** Whether no answer has a tag, because each read has to be on record. */
  readonly isNoStore?: boolean;
}

/** Identifies the callers of HTTP requests, within the limits for rates and for requests in flight. */
export function identifyWithin({ verifier, limiting, inFlight }: Admission): Identify {
  const identify = limiting === undefined ? identifyBy(verifier) : limitRates(limiting, identifyBy(verifier));
  return (request, reply) =>
    andThen(identify(request, reply), (caller): Awaitable<Caller> => {
      const release = inFlight.enter(caller.principal.sub);
      if (reply.raw.closed) release();
      else reply.raw.on('close', release);
      const admitted = Object.assign(caller, { release });
      return andThen(entrance.enter(caller.principal.sub), () => admitted);
    });
}
