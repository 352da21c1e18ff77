import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { startNode } from '../support/node-process';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

/** Changes an id in the index of ids, which a start does not read. */
function damageIndex(file: string): void {
  const database = new Database(file);
  const [root] = database
    .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_event_2'")
    .raw()
    .get() as [number];
  const [size] = database.prepare('PRAGMA page_size').raw().get() as [number];
  database.close();
  const bytes = openSync(file, 'r+');
  // The entry is at the end of the page, and its id is near the end of the entry.
  writeSync(bytes, 'XX', root * size - 10);
  closeSync(bytes);
}

test('a server says in its readiness if the ledger file is damaged where a start does not read it', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const environment = { DATA_DIR: folder.path };
  const node = await startNode(environment, onEnd);
  const { errors } = await node.ask(
    'mutation { registerDepartment(input: { code: "D1", name: "甲局" }) { position } }',
  );
  expect(errors).toBeUndefined();
  await node.stop();
  damageIndex(path.join(folder.path, 'ledger.db'));

  const again = await startNode(environment, onEnd);
  await eventually('it warns', async () => {
    const response = await fetch(`${again.address}/health/ready`);
    const { warning = '' } = (await response.json()) as { readonly warning?: string };
    return response.ok && /ledger\.db: it is damaged: row 1 missing from index/.test(warning);
  });
});
