import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import Database from 'libsql';
import pino from 'pino';
import { readConfig } from '../../../src/app/config';
import { streamNames } from '../../../src/app/features';
import { verifyCommand } from '../../../src/cli/verify';
import { backUp } from '../../../src/event-store/adapters/sqlite/backup';
import { LedgerSnapshot } from '../../../src/event-store/adapters/sqlite/ledger-snapshot';
import { restore } from '../../../src/event-store/adapters/sqlite/restore';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { verifyAll } from '../../../src/projector/verification';
import { SqliteTemporalStore } from '../../../src/read-model/adapters/sqlite/sqlite-temporal-store';
import { expectAgreement, ledgerParts } from '../../support/agreement';
import { cleanUps } from '../../support/clean-ups';
import { collect } from '../../support/events';
import { eventually } from '../../support/eventually';
import { Load } from '../../support/load';
import { NodeClient, NodeProcess, startNode, startNodeHere } from '../../support/node-process';
import { NO_TROUBLE } from '../../support/telemetry';
import { temporaryFolder } from '../../support/temporary-folder';

const onEnd = cleanUps();

function newFolder(): string {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  return folder.path;
}

/** The log and the read models of a server that has ended. */
function openFiles(folder: string) {
  const log = openSqliteEventStore({ path: join(folder, 'ledger.db'), prefix: 'mingjian-' });
  onEnd(() => log.close());
  const store = new SqliteTemporalStore({
    path: join(folder, 'read-models.db'),
    streams: streamNames(),
    telemetry: NO_TROUBLE,
  });
  onEnd(() => store.close());
  return { log, store };
}

/** The exit status and the answer of `mingjian verify`. */
async function verify(folder: string) {
  const out = new PassThrough();
  const config = readConfig({ DATA_DIR: folder, READ_MODELS: 'sqlite', LOG_LEVEL: 'silent' }, 'tool');
  const { signal } = new AbortController();
  const status = await verifyCommand.run([], { config, out, err: new PassThrough().resume(), signal });
  return { status, out: await text(out.end()) };
}

/** Changes a name in the closed read models, with its checksum. */
function alterName(path: string): void {
  const database = new Database(path);
  const [state] = database.prepare('SELECT state FROM version WHERE position = 2').raw().get() as [string];
  const altered = state.replace('甲局', '乙局');
  database
    .prepare('UPDATE version SET state = ?, checksum = ? WHERE position = 2')
    .run([altered, BigInt(crc32(altered))]);
  // Outside WAL mode the driver holds no lock after it is closed.
  database.pragma('journal_mode = DELETE');
  database.close();
}

test('after kill -9 under load, twice, the log and the read models agree, and no answer was wrong', async () => {
  const folder = newFolder();
  const environment = { DATA_DIR: folder, READ_MODELS: 'sqlite' };
  let node: NodeProcess = await startNode(environment, onEnd);
  const load = await Load.start([(query, variables) => node.ask(query, variables)]);
  onEnd(() => load.abandon());
  await load.moreWrites(10);
  await load.moreAnswers(10);
  await node.kill();
  node = await startNode(environment, onEnd);
  await load.moreWrites(10);
  const snapshotOf = () => new LedgerSnapshot(join(folder, 'ledger.db'));
  await load.finish({ readAll: (after) => snapshotOf().readAll(after) });
  await node.kill();

  const { log, store } = openFiles(folder);
  const upTo = await store.checkpoint();
  await store.markServing();
  expect(await collect(verifyAll({ ...ledgerParts(log), store, upTo }))).toEqual([]);
  expect(upTo.position).toBeGreaterThanOrEqual((await log.head()) - 1n);
});

test('read models of a log that was restored to an earlier state are built again at the start, and others are kept', async () => {
  const folder = newFolder();
  const environment = { DATA_DIR: folder, READ_MODELS: 'sqlite' };
  const ledger = join(folder, 'ledger.db');
  const backup = join(newFolder(), 'backup.db');
  const warnings: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => warnings.push(line) });
  const thrownAway = () => warnings.filter((line) => line.includes('read models were thrown away')).length;
  const register = (node: NodeClient, code: string) =>
    node.ask(`mutation { registerDepartment(input: { code: "${code}", name: "甲局" }) { position projected } }`);
  const codesOf = async (node: NodeClient): Promise<string[]> =>
    (await node.ask('{ departments { nodes { code } } }')).data.departments.nodes.map(({ code }: any) => code);

  const first = await startNodeHere(environment, onEnd, logger);
  await register(first, 'D1');
  await first.stop();
  backUp({ from: ledger, to: backup, overwrite: false });
  const second = await startNodeHere(environment, onEnd, logger);
  expect(await codesOf(second)).toEqual(['D1']);
  await register(second, 'D2');
  await second.stop();
  expect(await verify(folder)).toEqual({ status: 0, out: expect.stringContaining('0 differences in all 2 events') });
  alterName(join(folder, 'read-models.db'));
  expect(await verify(folder)).toEqual({ status: 1, out: expect.stringContaining('1 differences in all 2 events') });
  expect(thrownAway()).toBe(0);

  restore({ backup, ledger, prefix: 'mingjian-', kind: 'real', putAside: true });
  const third = await startNodeHere(environment, onEnd, logger);
  await eventually('it is built again', async () => (await codesOf(third)).length > 0);
  expect(await codesOf(third)).toEqual(['D1']);
  expect((await register(third, 'D3')).data.registerDepartment.projected).toBe(true);
  await third.stop();
  expect(thrownAway()).toBe(1);
  const { log, store } = openFiles(folder);
  await store.markServing();
  await expectAgreement(log, store);
});
