import { MemoryTemporalStore } from '../../../src/read-model/adapters/memory';
import { TemporalStoreHarness } from '../contract/harness';
import { describeTemporalStore } from '../temporal-store.contract';

describeTemporalStore('memory', { durable: false, makeHarness: makeMemoryHarness });

function makeMemoryHarness(): Promise<TemporalStoreHarness> {
  let store = new MemoryTemporalStore();
  return Promise.resolve({
    get store() {
      return store;
    },
    restart() {
      store = new MemoryTemporalStore();
      return Promise.resolve();
    },
    dispose: () => Promise.resolve(),
  });
}
