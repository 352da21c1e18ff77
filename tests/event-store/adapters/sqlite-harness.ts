import { join } from 'node:path';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { temporaryFolder } from '../../support/temporary-folder';
import { EventStoreHarness } from '../contract/harness';

export function makeSqliteHarness(): Promise<EventStoreHarness> {
  const folder = temporaryFolder();
  const prefix = 'mingjian-';
  const open = () => openSqliteEventStore({ path: join(folder.path, 'ledger.db'), prefix });
  let store = open();
  return Promise.resolve({
    prefix,
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = open();
    },
    async dispose() {
      await store.close();
      folder.remove();
    },
  });
}
