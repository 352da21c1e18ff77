import { ImportedLog } from '../../src/event-store/imported-log';
import { makeSqliteHarness } from './adapters/sqlite-harness';
import { describeEventStore } from './event-store.contract';

describeEventStore('a log that was not imported', async () => {
  const harness = await makeSqliteHarness();
  const { prefix } = harness;
  let store = new ImportedLog(harness.store, prefix);
  return {
    ...harness,
    prefix,
    get store() {
      return store;
    },
    async restart() {
      await harness.restart();
      store = new ImportedLog(harness.store, prefix);
    },
  };
});
