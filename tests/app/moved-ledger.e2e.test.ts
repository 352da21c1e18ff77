import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newSigningKey } from '../../src/app/evidence/signing-keys';
import { checkCommand } from '../../src/cli/check';
import { exportLogCommand } from '../../src/cli/export-log';
import { importLogCommand } from '../../src/cli/import-log';
import { verifyCommand } from '../../src/cli/verify';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { signerOf } from '../../src/evidence/notes/signatures';
import { Outage } from '../../src/kernel/outage';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { importLines } from '../support/moved-log';
import { NodeClient, startNodeHere } from '../support/node-process';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

function folder(): string {
  const made = temporaryFolder();
  onEnd(() => {
    made.remove();
  });
  return made.path;
}

function configured(origin: string) {
  const place = folder();
  const key = newSigningKey();
  const keyFile = path.join(place, 'key.pem');
  const policy = path.join(place, 'policy.txt');
  writeFileSync(keyFile, key);
  writeFileSync(policy, `log ${signerOf(origin, 'note', key).key.text}\nquorum none\n`);
  return {
    environment: { DATA_DIR: path.join(place, 'data'), SIGNING_KEY_FILE: keyFile, LEDGER_ORIGIN: origin },
    policy,
  };
}

async function register(node: NodeClient, ...codes: string[]): Promise<void> {
  for (const code of codes) {
    const mutation = `mutation { registerDepartment(input: { code: "${code}", name: "局" }) { position } }`;
    expect((await node.ask(mutation)).errors).toBeUndefined();
  }
}

const signed = (node: NodeClient, size: number) =>
  eventually(`size ${size} is signed`, async () => {
    const note = await (await fetch(`${node.address}/checkpoint`)).text();
    return note.split('\n')[1] === String(size) && note;
  });

const CHANGES = '{ changes(first: 9) { nodes { id eventId position sequence recordedAt leafHash } } }';
const PROOFS = `{ department(code: "D3") { history { nodes {
  leafIndex leafHash inclusionProof { leafIndex treeSize } early: inclusionProof(treeSize: "4") { hashes }
} } } asOf(at: { position: "1" }) { checkpoint { treeSize } departments { totalCount } } }`;

async function oldLedger() {
  const old = configured('old.example/ledger');
  const node = await startNodeHere(old.environment, onEnd);
  await register(node, 'D1', 'D2');
  const note = await signed(node, 2);
  const { data } = await node.ask(CHANGES);
  await node.stop();
  const file = path.join(folder(), 'ledger.ndjson');
  expect(await runCommand(exportLogCommand, [file], old.environment)).toContain('2 events, up to position 2; root');
  return { old, file, note, changes: data.changes.nodes };
}

test('a signed ledger that was moved has the same changes, a tree of its own, and proves both', async () => {
  const { old, file, note, changes } = await oldLedger();
  const set = configured('new.example/ledger');
  expect(await runCommand(importLogCommand, [file], set.environment)).toContain('2 events imported, up to position 2');
  const node = await startNodeHere(set.environment, onEnd);
  expect((await node.ask(CHANGES)).data.changes.nodes).toEqual(changes);
  await register(node, 'D3');
  await signed(node, 4);

  const proven = await node.ask(PROOFS);
  expect(proven.errors).toBeUndefined();
  expect(proven.data.department.history.nodes).toMatchObject([
    { leafIndex: '3', inclusionProof: { leafIndex: '3', treeSize: '4' } },
  ]);
  expect(proven.data.asOf).toMatchObject({ departments: { totalCount: 1 } });
  const leaves = Buffer.from(await (await fetch(`${node.address}/tile/0/000.p/4`)).arrayBuffer());
  const ofChanges = changes.map(({ leafHash }: { leafHash: string }) => leafHash);
  expect([32, 64].map((at) => leaves.subarray(at, at + 32).toString('base64'))).toEqual(ofChanges);

  for (const [code, position] of [
    ['D1', '1'],
    ['D3', '5'],
  ] as const) {
    const evidence = path.join(folder(), 'evidence.json');
    const answer = await fetch(`${node.address}/evidence/department/${code}?position=${position}`, {
      headers: { authorization: `Bearer ${node.token}` },
    });
    const text = await answer.text();
    expect(answer.status === 200 ? '' : text).toBe('');
    writeFileSync(evidence, text);
    expect(await runCommand(checkCommand, [evidence, '--policy', set.policy], {})).toContain('PROVEN');
    const wrong = text.replace(',"imported":true', '');
    expect(wrong).not.toBe(text);
    writeFileSync(evidence, wrong);
    expect(await runCommand(checkCommand, [evidence, '--policy', set.policy], {})).toContain('another tree');
  }

  await node.stop();
  const verified = await runCommand(verifyCommand, [], set.environment);
  expect(verified).toContain('0 differences in all 3 events');
  expect(verified).toContain('The first 2 events, up to position 2, are those of old.example/ledger');
  expect(await runCommand(verifyCommand, ['--log'], set.environment)).toContain('The log has the 4 events');
  const again = await startNodeHere(set.environment, onEnd);
  await register(again, 'D4');
  await signed(again, 5);
  await again.stop();

  const twice = path.join(folder(), 'again.ndjson');
  await runCommand(exportLogCommand, [twice], set.environment);
  const [header, first] = readFileSync(twice, 'utf8').split('\n');
  expect(JSON.parse(header!)).toMatchObject({ origin: 'new.example/ledger' });
  expect(JSON.parse(first!).data).toMatchObject({ origin: 'old.example/ledger', checkpoint: note, treeSize: '2' });
  await expect(
    startNodeHere({ ...set.environment, ...old.environment, DATA_DIR: set.environment.DATA_DIR }, onEnd),
  ).rejects.toThrow('LEDGER_ORIGIN');
});

test('no server starts on a log whose import was interrupted, and the command goes on', async () => {
  const { file } = await oldLedger();
  const set = configured('new.example/ledger');
  const store = openSqliteEventStore({
    path: path.join(set.environment.DATA_DIR, 'ledger.db'),
    prefix: 'mingjian-',
    timeZone: 'Asia/Shanghai',
  });
  let left = 2;
  const append = store.append.bind(store);
  store.append = (...sent) => (left-- === 0 ? Promise.reject(new Outage('killed')) : append(...sent));
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  await expect(importLines(store, lines)).rejects.toThrow('killed');
  await store.close();

  await expect(startNodeHere(set.environment, onEnd)).rejects.toThrow('is not finished');
  expect(await runCommand(importLogCommand, [file], set.environment)).toContain('2 events imported');
  expect(await runCommand(importLogCommand, [file], set.environment)).toContain('nothing was written');
  const node = await startNodeHere(set.environment, onEnd);
  expect((await node.ask('{ departments { totalCount } }')).data.departments.totalCount).toBe(2);
});
