import { testStreams } from '../streams';
import { CACHE_BOUNDS } from '../../../src/kernel/limits';
import { CacheBytes } from '../../../src/read-model/adapters/redis/reader';
import { RedisOptions, RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { parseRedisUrl } from '../../../src/read-model/adapters/redis/redis-url';
import { TemporalStoreHarness } from '../../read-model/contract/harness';
import { troublesTo } from '../telemetry';

export function openReadModels(
  url: string,
  onTrouble: (error: unknown) => void = (error) => {
    throw error;
  },
  options: Pick<RedisOptions, 'timeoutMs' | 'cacheBytes'> = {},
): RedisTemporalStore {
  const target = parseRedisUrl(url);
  if (target === undefined) throw new Error(`${url} names no Redis`);
  const telemetry = troublesTo(onTrouble);
  return RedisTemporalStore.open({ target, streams: testStreams, telemetry, cacheBytes: CACHE_BOUNDS, ...options });
}

/** For the contract suite, over empty servers. */
export function redisHarness(url: string, cacheBytes?: CacheBytes): TemporalStoreHarness {
  const open = (): RedisTemporalStore => openReadModels(url, undefined, cacheBytes && { cacheBytes });
  let store = open();
  return {
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = open();
    },
    dispose: () => store.close(),
  };
}
