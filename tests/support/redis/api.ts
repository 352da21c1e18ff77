import { RedisLease } from '../../../src/projector/adapters/redis-lease';
import { Outage } from '../../../src/kernel/outage';
import { ApiOptions, startApi, TestApi } from '../api';
import { Gate } from '../gate';
import { openReadModels } from './harness';
import { troublesTo } from '../telemetry';

export interface ApiOnRedis extends TestApi {
  /** Whether it projects. */
  readonly gate: Gate;
  /** Errors of the projector that are not outages. */
  readonly damage: readonly unknown[];
}

/** A server in the test's process whose projector holds the lease, wired like `main.ts`. */
export async function startApiOnRedis(
  url: string,
  { timeoutMs, ...options }: Omit<ApiOptions, 'readModels' | 'projectUnder'> & { readonly timeoutMs?: number } = {},
): Promise<ApiOnRedis> {
  const readModels = openReadModels(url, () => undefined, { timeoutMs });
  const lease = new RedisLease({ client: readModels.connection.writes, key: readModels.leaseKey, ttlMs: 1_000 });
  const gate = new Gate(lease);
  const damage: unknown[] = [];
  const api = await startApi({
    ...options,
    readModels: () => readModels,
    projectUnder: gate,
    telemetry: troublesTo((error) => {
      if (!(error instanceof Outage)) damage.push(error);
    }),
  });
  return { ...api, gate, damage };
}
