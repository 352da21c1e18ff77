import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { verifyCommand } from '../../src/cli/verify';
import { cleanUps } from '../support/clean-ups';
import { WITH_COST } from '../support/cost';
import { eventually } from '../support/eventually';
import { NodeClient, startNodeHere } from '../support/node-process';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

/** An upgrade from version 0.1.0, as an office makes it: the new version starts on the folder of the old one. */

const onEnd = cleanUps();
const FIXTURE = path.join(__dirname, '../fixtures/0.1.0');
const fixture = (file: string): string => readFileSync(path.join(FIXTURE, file), 'utf8');
const QUESTION = fixture('query.graphql');
const ANSWER = JSON.parse(fixture('answer.json'));
const CODE = '441300-DSJ';
const NEW_NAME = '市数据局';

function officeOf010(): string {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  copyFileSync(path.join(FIXTURE, 'ledger.db'), path.join(folder.path, 'ledger.db'));
  return folder.path;
}

async function start(folder: string) {
  const node = await startNodeHere({ DATA_DIR: folder }, onEnd);
  await eventually('it is ready', () => node.isReady());
  return node;
}

/** As an older version left them: in its own format, and wrong. */
function makeOlder(readModels: string): void {
  const database = new Database(readModels);
  const { changes } = database.prepare("UPDATE version SET state = '{}'").run();
  expect(changes).toBeGreaterThan(0);
  database.exec('PRAGMA user_version = 1');
  database.close();
}

async function rename(node: NodeClient): Promise<string> {
  const { data, errors } = await node.ask(
    `mutation { renameDepartment(input: { code: "${CODE}", name: "${NEW_NAME}" }) { position } }`,
  );
  expect(errors).toBeUndefined();
  return data.renameDepartment.position as string;
}

test('a ledger that version 0.1.0 wrote gives the answers of version 0.1.0, and goes on', async () => {
  const folder = officeOf010();
  const node = await start(folder);
  expect(await node.ask(QUESTION)).toEqual({ status: 200, data: ANSWER, extensions: WITH_COST });

  const head = await rename(node);
  expect(BigInt(head)).toBe(BigInt(ANSWER.ledger.head as string) + 1n);
  const { data } = await node.ask(QUESTION);
  const renamed = ({ code, revision, ...rest }: { readonly code: string; readonly revision: number }) =>
    code === CODE ? { ...rest, code, name: NEW_NAME, revision: revision + 1 } : { ...rest, code, revision };
  const { nodes } = data.changes;
  expect(nodes.at(-1)).toMatchObject({ position: head, type: 'DepartmentRenamed', entity: CODE });
  expect({ ...data, changes: { nodes: nodes.slice(0, -1) } }).toEqual({
    ...ANSWER,
    ledger: { head },
    department: renamed(ANSWER.department),
    departments: { nodes: ANSWER.departments.nodes.map(renamed) },
  });
  // What was on record then is as it was.
  const then = `{ asOf(at: { position: "${ANSWER.ledger.head}" }) { department(code: "${CODE}") { code name level functions fiscalYears revision } } }`;
  expect((await node.ask(then)).data.asOf.department).toEqual(ANSWER.department);
  await node.stop();
  expect(await runCommand(verifyCommand, [], { DATA_DIR: folder, LOG_LEVEL: 'silent' })).toMatch(
    /^0 differences .*\nThe log is sound: .* it holds what its anchor knows\n$/m,
  );
});

test('read models that an older version left are thrown away, and built again from the log', async () => {
  const folder = officeOf010();
  const first = await start(folder);
  await first.stop();
  makeOlder(path.join(folder, 'read-models.db'));
  const second = await start(folder);
  expect((await second.ask(QUESTION)).data).toEqual(ANSWER);
  const head = await rename(second);
  await second.stop();
  const third = await start(folder);
  expect((await third.ask('{ ledger { head } department(code: "441300-DSJ") { name } }')).data).toEqual({
    ledger: { head },
    department: { name: NEW_NAME },
  });
  await third.stop();
});
