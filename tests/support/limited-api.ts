import { clientAddress } from '../../src/http/client-address';
import { RateLimits } from '../../src/rate-limits/rate-limits';
import { startApi, TestApi } from './api';

export interface Points {
  readonly points?: number;
  readonly pointsPerAddress?: number;
  /** Whose X-Forwarded-For counts. */
  readonly proxies?: readonly string[];
}

export interface LimitedApi extends TestApi {
  readonly rates: RateLimits;
}

/** Much longer than a test. */
export const WINDOW_SECONDS = 3_600;

/** A server with rate limits that counts for itself. */
export async function startLimited(
  { points = 1_000, pointsPerAddress = 1_000, proxies = [] }: Points,
  onEnd: (cleanUp: () => unknown) => void,
): Promise<LimitedApi> {
  const rates = new RateLimits({ points, pointsPerAddress, windowSeconds: WINDOW_SECONDS });
  const api = await startApi({ limiting: { rates, addressOf: clientAddress(proxies) } });
  onEnd(() => api.close());
  return { ...api, rates };
}
