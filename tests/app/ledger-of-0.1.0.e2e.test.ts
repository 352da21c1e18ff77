import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { LedgerSnapshot } from '../../src/event-store/adapters/sqlite/ledger-snapshot';
import { verifyCommand } from '../../src/cli/verify';
import { cleanUps } from '../support/clean-ups';
import { TestClock } from '../support/clock';
import { collect } from '../support/events';
import { eventually } from '../support/eventually';
import { startStandIn } from '../support/kurrentdb-log';
import { startNodeHere } from '../support/node-process';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';
import { ANSWER, expectToGoOn, LEDGER_FILE, NEW_NAME, QUESTION, rename } from './answers-of-0.1.0';

/** An upgrade from version 0.1.0, as an office makes it: the new version starts on the folder, or on the KurrentDB, of the old one. */

const onEnd = cleanUps();

function folder(): string {
  const made = temporaryFolder();
  onEnd(() => {
    made.remove();
  });
  return made.path;
}

function officeOf010(): string {
  const made = folder();
  copyFileSync(LEDGER_FILE, path.join(made, 'ledger.db'));
  return made;
}

async function start(environment: { readonly DATA_DIR: string; readonly EVENTSTORE_URL?: string }) {
  const node = await startNodeHere(environment, onEnd);
  await eventually('it is ready', () => node.isReady());
  return node;
}

const verified = (environment: { readonly DATA_DIR: string; readonly EVENTSTORE_URL?: string }): Promise<string> =>
  runCommand(verifyCommand, [], { LOG_LEVEL: 'silent', ...environment });

/** As an older version left them: in its own format, and wrong. */
function makeOlder(readModels: string): void {
  const database = new Database(readModels);
  const { changes } = database.prepare("UPDATE version SET state = '{}'").run();
  expect(changes).toBeGreaterThan(0);
  database.exec('PRAGMA user_version = 1');
  database.close();
}

test('a ledger that version 0.1.0 wrote gives the answers of version 0.1.0, and goes on', async () => {
  const environment = { DATA_DIR: officeOf010() };
  const node = await start(environment);
  const head = await expectToGoOn(node, ANSWER);
  expect(BigInt(head)).toBe(BigInt(ANSWER.ledger.head as string) + 1n);
  await node.stop();
  expect(await verified(environment)).toMatch(
    /^0 differences .*\nThe log is sound: .* it holds what its anchor knows\n$/m,
  );
});

test('a log that version 0.1.0 wrote to KurrentDB gives the same answers, and goes on', async () => {
  const { url, positions } = await kurrentDbOf010();
  const environment = { DATA_DIR: folder(), EVENTSTORE_URL: url };
  const node = await start(environment);
  await expectToGoOn(node, withPositions(ANSWER, positions));
  await node.stop();
  expect(await verified(environment)).toMatch(/^0 differences /m);
});

/** The events of the file, in a log where each has the bytes that 0.1.0 wrote: both of its stores wrote the same JSON. */
async function kurrentDbOf010() {
  const clock = new TestClock(0);
  const standIn = await startStandIn(onEnd, { clock });
  const reads = new LedgerSnapshot(path.join(officeOf010(), 'ledger.db'));
  onEnd(() => reads.close());
  for (const { id, type, stream, revision, storedAt, texts } of await collect(reads.readAll(0n))) {
    clock.set(storedAt);
    const [data, metadata] = [Buffer.from(texts!.data), Buffer.from(texts!.metadata)];
    await standIn.log.append(stream, [{ id, type, isJson: true, data, metadata }], Number(revision) - 1);
  }
  return { url: standIn.url, positions: standIn.log.records.map(({ commit }) => String(commit)) };
}

/** The answer with the positions of another log in place of 1, 2, 3 … */
function withPositions(answer: unknown, positions: readonly string[]): any {
  return JSON.parse(JSON.stringify(answer), (name, value: unknown) =>
    name === 'position' || name === 'head' ? positions[Number(value) - 1] : value,
  );
}

test('read models that an older version left are thrown away, and built again from the log', async () => {
  const environment = { DATA_DIR: officeOf010() };
  const first = await start(environment);
  await first.stop();
  makeOlder(path.join(environment.DATA_DIR, 'read-models.db'));
  const second = await start(environment);
  expect((await second.ask(QUESTION)).data).toEqual(ANSWER);
  const head = await rename(second);
  await second.stop();
  const third = await start(environment);
  expect((await third.ask('{ ledger { head } department(code: "441300-DSJ") { name } }')).data).toEqual({
    ledger: { head },
    department: { name: NEW_NAME },
  });
  await third.stop();
});
