import { testStreams } from '../streams';
import { RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { parseRedisUrl } from '../../../src/read-model/adapters/redis/redis-url';
import { TemporalStoreHarness } from '../../read-model/contract/harness';
import { troublesTo } from '../telemetry';

export function openReadModels(
  url: string,
  onTrouble: (error: unknown) => void = (error) => {
    throw error;
  },
  timeoutMs?: number,
): RedisTemporalStore {
  const target = parseRedisUrl(url);
  if (target === undefined) throw new Error(`${url} names no Redis`);
  return RedisTemporalStore.open({ target, streams: testStreams, telemetry: troublesTo(onTrouble), timeoutMs });
}

/** For the contract suite, over empty servers. */
export function redisHarness(url: string): TemporalStoreHarness {
  let store = openReadModels(url);
  return {
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = openReadModels(url);
    },
    dispose: () => store.close(),
  };
}
