import { clientAddress } from '../http/client-address';
import { RateLimiting } from '../http/rate-limiting';
import { Limits } from '../kernel/limits';
import { RateLimits } from '../rate-limits/rate-limits';
import { SettlementStore } from '../rate-limits/settlement';
import { Config } from './config';

/** How many principals behind one address, such as that of an office, may spend all of their points. */
const PRINCIPALS_PER_ADDRESS = 10;

type RateConfig = Pick<Config, 'rateLimit' | 'rateLimitAddress' | 'trustProxy'>;

/** undefined if there is no rate limit. */
export function configuredRates(config: RateConfig, store: SettlementStore | undefined): RateLimiting | undefined {
  const { rateLimit, trustProxy } = config;
  if (rateLimit === undefined || rateLimit === 'off') return undefined;
  const { points, windowSeconds } = rateLimit;
  const rates = new RateLimits({ points, pointsPerAddress: pointsPerAddress(config, points), windowSeconds, store });
  return { rates, addressOf: clientAddress(trustProxy ?? []) };
}

/** What clients can look up. */
export function reportedRates(config: RateConfig, store: SettlementStore | undefined): Partial<Limits> {
  const { rateLimit } = config;
  if (rateLimit === undefined || rateLimit === 'off') return {};
  const { points, windowSeconds } = rateLimit;
  return {
    ratePoints: points,
    ratePointsPerAddress: pointsPerAddress(config, points),
    rateWindowSeconds: windowSeconds,
    rateOvershootPoints: store === undefined ? 0 : points,
  };
}

const pointsPerAddress = ({ rateLimitAddress }: RateConfig, points: number): number =>
  rateLimitAddress ?? PRINCIPALS_PER_ADDRESS * points;
