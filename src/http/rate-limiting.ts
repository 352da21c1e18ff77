import type { IncomingMessage } from 'node:http';
import { Principal } from '../auth/principal';
import { Quota, Standing } from '../rate-limits/quota';
import { RateLimits, rateKeyOf } from '../rate-limits/rate-limits';
import { Identify } from './caller';
import { CallerPoints, REQUEST_POINTS } from './caller-points';
import { AddressOf } from './client-address';
import { HttpRefusal } from './refusal';

export interface RateLimiting {
  readonly rates: RateLimits;
  readonly addressOf: AddressOf;
}

export function pointsOf({ rates }: RateLimiting, address: string, principal: Principal): CallerPoints {
  const [{ perAddress, perPrincipal }, key] = [rates, rateKeyOf(principal)];
  return {
    async take(points) {
      requireAllowed(await perAddress.take(address, points));
      requireAllowed(await perPrincipal.take(key, points));
    },
    charge(points) {
      perAddress.charge(address, points);
      perPrincipal.charge(key, points);
    },
  };
}

/**
 * Has each request spend points of its address before its token is verified, and then points of its principal. The answer says in
 * its headers how much is left.
 */
export const limitRates =
  (limiting: RateLimiting, identify: Identify): Identify =>
  async (request, reply) => {
    const { perAddress, perPrincipal } = limiting.rates;
    const address = limiting.addressOf(request.raw);
    const byAddress = await perAddress.take(address, REQUEST_POINTS);
    reply.headers(headersOf([byAddress]));
    requireAllowed(byAddress);
    const caller = await identify(request, reply);
    const byPrincipal = await perPrincipal.take(rateKeyOf(caller.principal), REQUEST_POINTS);
    reply.headers(headersOf([byPrincipal, byAddress]));
    requireAllowed(byPrincipal);
    return { ...caller, points: pointsOf(limiting, address, caller.principal) };
  };

/** Has a request spend points of its address. Throws `HttpRefusal` if there are none. */
export async function admitAddress({ rates, addressOf }: RateLimiting, request: IncomingMessage): Promise<void> {
  requireAllowed(await rates.perAddress.take(addressOf(request), REQUEST_POINTS));
}

/** Throws `HttpRefusal`. */
function requireAllowed({ quota, allowed, retryMs }: Standing): void {
  if (allowed) return;
  const { limit, name, points, windowSeconds } = quota;
  const retryAfterSeconds = Math.max(1, Math.ceil(retryMs / 1_000));
  throw new HttpRefusal(
    'TOO_MANY_REQUESTS',
    `The ${name} may spend ${points} points in ${windowSeconds} seconds; try again in ${retryAfterSeconds} s`,
    { 'retry-after': String(retryAfterSeconds) },
    { limit, retryAfterSeconds },
  );
}

/** As in draft-ietf-httpapi-ratelimit-headers-10: the policies, and what is left of each. */
function headersOf(standings: readonly Standing[]): Readonly<Record<string, string>> {
  const policy = ({ name, points, windowSeconds }: Quota): string => `"${name}";q=${points};w=${windowSeconds}`;
  const left = ({ quota, remaining, resetMs }: Standing): string =>
    `"${quota.name}";r=${Math.floor(remaining)};t=${Math.ceil(resetMs / 1_000)}`;
  return {
    'ratelimit-policy': standings.map(({ quota }) => policy(quota)).join(', '),
    ratelimit: standings.map(left).join(', '),
  };
}
