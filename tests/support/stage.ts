import { RedisTemporalStore } from '../../src/read-model/adapters/redis/redis-temporal-store';
import { expectAgreement } from './agreement';
import { ApiOptions } from './api';
import { Load } from './load';
import { ApiOnRedis, startApiOnRedis } from './redis/api';
import { openReadModels } from './redis/harness';

/** A server over Redis under load, for a fault to come. */
export interface Stage {
  readonly api: ApiOnRedis;
  readonly load: Load;
  /** The same read models over a connection of its own. */
  readonly store: RedisTemporalStore;
}

export interface StageOptions extends Pick<ApiOptions, 'eventStore' | 'now'> {
  readonly redisUrl: string;
  /** Where the server finds Redis, where that is somewhere else. */
  readonly through?: string;
  readonly timeoutMs?: number;
  readonly writers?: number;
  readonly onEnd: (cleanUp: () => unknown) => void;
}

export async function setStage({
  redisUrl,
  through = redisUrl,
  writers,
  onEnd,
  ...options
}: StageOptions): Promise<Stage> {
  const api = await startApiOnRedis(through, options);
  onEnd(() => api.close());
  const store = openReadModels(redisUrl, () => undefined);
  onEnd(() => store.close());
  const load = await Load.start([api.ask], { writers });
  onEnd(() => load.abandon());
  await load.moreWrites(10);
  await load.moreAnswers(10);
  return { api, load, store };
}

/** That service is back without a restart, and that nothing was lost on the way. */
export async function expectRecovery({ api, load, store }: Stage): Promise<void> {
  await load.moreWrites(10);
  await load.moreAnswers(10);
  await load.finish(api.eventStore);
  await expectAgreement(api.eventStore, store);
  expect(await api.data('{ ledger { lagEvents } }')).toEqual({ ledger: { lagEvents: 0 } });
  expect(api.damage).toEqual([]);
  expect(api.ledger.failure()).toBeUndefined();
}
