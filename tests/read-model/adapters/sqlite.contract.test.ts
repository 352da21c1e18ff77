import { join } from 'node:path';
import { openSqliteReadModels } from '../../support/sqlite-read-models-file';
import { temporaryFolder } from '../../support/temporary-folder';
import { TemporalStoreHarness } from '../contract/harness';
import { describeTemporalStore } from '../temporal-store.contract';

describeTemporalStore('SQLite', { durable: true, makeHarness: makeSqliteHarness });

function makeSqliteHarness(): Promise<TemporalStoreHarness> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'read-models.db');
  let store = openSqliteReadModels(path);
  return Promise.resolve({
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = openSqliteReadModels(path);
    },
    async dispose() {
      await store.close();
      folder.remove();
    },
  });
}
