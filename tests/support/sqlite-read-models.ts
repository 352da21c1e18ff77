import { join } from 'node:path';
import { MakeReadModels } from './local-ledger';
import { openSqliteReadModels } from './sqlite-read-models-file';
import { temporaryFolder } from './temporary-folder';

/** Each in a file of its own, in one folder for all tests of a file. */
export function emptySqliteReadModels(cacheBytes?: number): MakeReadModels {
  const folder = temporaryFolder();
  afterAll(() => {
    folder.remove();
  });
  let files = 0;
  return () => Promise.resolve(openSqliteReadModels(join(folder.path, `${++files}.db`), undefined, cacheBytes));
}
