import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { readConfig } from '../../src/app/config';
import { newSigningKey } from '../../src/app/evidence/signing-keys';
import { keyCommand } from '../../src/cli/key';
import { verifyCommand } from '../../src/cli/verify';
import { CheckpointFile } from '../../src/evidence/adapters/checkpoint-file';
import { parseHeads } from '../../src/evidence/heads/heads-note';
import { parsePolicy } from '../../src/evidence/notes/policy';
import { parseNote } from '../../src/evidence/notes/signed-note';
import { parseVerifierKey } from '../../src/evidence/notes/verifier-key';
import { signerOf } from '../../src/evidence/notes/signatures';
import { trustedCheckpoint } from '../../src/evidence/notes/trusted-checkpoint';
import { joined } from '../../src/evidence/tree/subtrees';
import { isConsistent } from '../../src/evidence/tree/verify-consistency';
import { isIncluded } from '../../src/evidence/tree/verify-inclusion';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { NodeClient, startNodeHere } from '../support/node-process';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

const ORIGIN = 'ledger.example';
const onEnd = cleanUps();

function configured() {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const key = newSigningKey();
  const keyFile = path.join(folder.path, 'key.pem');
  writeFileSync(keyFile, key);
  const { text } = signerOf(ORIGIN, 'note', key).key;
  return {
    environment: { DATA_DIR: path.join(folder.path, 'data'), SIGNING_KEY_FILE: keyFile, LEDGER_ORIGIN: ORIGIN },
    policy: parsePolicy(`log ${text}\nquorum none`),
    ledger: path.join(folder.path, 'data', 'ledger.db'),
  };
}
type Configured = ReturnType<typeof configured>;

async function register(node: NodeClient, ...codes: string[]): Promise<void> {
  for (const code of codes) {
    const mutation = `mutation { registerDepartment(input: { code: "${code}", name: "局" }) { position } }`;
    expect((await node.ask(mutation)).errors).toBeUndefined();
  }
}

const get = (node: NodeClient, address: string) => fetch(`${node.address}${address}`);

/** The checkpoint of a size, when it is there. */
async function checkpointOf(node: NodeClient, size: bigint, { policy }: Configured) {
  let note = '';
  await eventually(`size ${size} is signed`, async () => {
    note = await (await get(node, '/checkpoint')).text();
    return note.split('\n')[1] === String(size);
  });
  return trustedCheckpoint(note, policy);
}

/** Does something to the ledger while no server runs, and removes the anchor, which would notice it first. */
function attack({ ledger }: Configured, sql: string): void {
  const database = new Database(ledger);
  database.exec(sql);
  database.close();
  rmSync(`${ledger}-anchor`);
}

test('a server signs the log, and serves the checkpoint and the tiles that it has signed', async () => {
  const set = configured();
  const node = await startNodeHere(set.environment, onEnd);
  await checkpointOf(node, 0n, set);
  await register(node, 'D1', 'D2');
  const { rootHash } = await checkpointOf(node, 2n, set);
  const tile = await get(node, '/tile/0/000.p/2');
  const leaves = Buffer.from(await tile.arrayBuffer());
  expect(tile.headers.get('content-type')).toBe('application/octet-stream');
  expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(joined([leaves.subarray(0, 32), leaves.subarray(32)])).toEqual(rootHash);
  const checkpoint = await get(node, '/checkpoint');
  expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(checkpoint.headers.get('cache-control')).toBe('no-cache');
  for (const missing of [
    '0/000',
    '0/000.p/3',
    '0/001.p/1',
    '1/000.p/1',
    '0/000.p/0',
    'entries/000.p/2',
    '..%2fcheckpoints.jsonl',
  ]) {
    expect([missing, (await get(node, `/tile/${missing}`)).status]).toEqual([missing, 404]);
  }
  expect((await fetch(`${node.address}/checkpoint`, { method: 'POST' })).status).toBe(405);
});

test('after a restart, the tree is the same and grows on', async () => {
  const set = configured();
  const node = await startNodeHere(set.environment, onEnd);
  await register(node, 'D1');
  const before = await checkpointOf(node, 1n, set);
  const verified = () => runCommand(verifyCommand, [], set.environment);
  expect(await verified()).toMatch(/\nEach event that was read was compared with its leaf, up to position 1\n$/);
  await node.stop();
  const again = await startNodeHere(set.environment, onEnd);
  expect(await checkpointOf(again, 1n, set)).toEqual(before);
  await register(again, 'D2');
  await checkpointOf(again, 2n, set);
  expect(Buffer.from(await (await get(again, '/tile/0/000.p/1')).arrayBuffer())).toEqual(before.rootHash);
});

describe('the API', () => {
  const PROOFS = `{
    department(code: "D1") { history { nodes {
      position sequence leafHash leafIndex
      inclusionProof { treeSize leafIndex hashes checkpoint { note treeSize } }
      early: inclusionProof(treeSize: "1") { treeSize hashes checkpoint { treeSize } }
    } } }
    ledger {
      verifierKeys checkpoint { origin treeSize rootHash position recordedAt note headsNote }
      consistencyProof(first: "1", second: "2") { first second hashes }
    }
    asOf(at: { position: "1" }) { checkpoint { treeSize } }
  }`;
  const hashes = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, 'base64'));

  test('proves each change, and that the tree only grew', async () => {
    const set = configured();
    const node = await startNodeHere(set.environment, onEnd);
    await register(node, 'D1');
    const first = await checkpointOf(node, 1n, set);
    await register(node, 'D2');
    const second = await checkpointOf(node, 2n, set);
    const { data, errors } = await node.ask(PROOFS);
    expect(errors).toBeUndefined();
    const [change] = data.department.history.nodes;
    const leafHash = Buffer.from(change.leafHash, 'base64');
    expect(change).toMatchObject({
      leafIndex: '0',
      sequence: '1',
      early: { hashes: [], checkpoint: { treeSize: '1' } },
    });
    const proof = hashes(change.inclusionProof.hashes);
    expect(isIncluded({ leafHash, leafIndex: 0n, treeSize: 2n, rootHash: second.rootHash, proof })).toBe(true);
    expect(leafHash).toEqual(first.rootHash);
    expect(trustedCheckpoint(change.inclusionProof.checkpoint.note, set.policy).rootHash).toEqual(second.rootHash);

    const { checkpoint, consistencyProof, verifierKeys } = data.ledger;
    expect(checkpoint).toMatchObject({ origin: ORIGIN, treeSize: '2', position: '2' });
    expect(Buffer.from(checkpoint.rootHash, 'base64')).toEqual(second.rootHash);
    expect(verifierKeys.map(parseVerifierKey)).toEqual(set.policy.logs);
    expect(parseHeads(parseNote(checkpoint.headsNote).text)).toMatchObject({ origin: ORIGIN, treeSize: 2n });
    const grown = { first: 1n, second: 2n, firstRoot: first.rootHash, secondRoot: second.rootHash };
    expect(isConsistent({ ...grown, proof: hashes(consistencyProof.hashes) })).toBe(true);
    expect(data.asOf.checkpoint).toEqual({ treeSize: '1' });
  });

  test('refuses sizes that a proof cannot have, and proves nothing of a dry run', async () => {
    const set = configured();
    const node = await startNodeHere(set.environment, onEnd);
    await register(node, 'D1', 'D2');
    await checkpointOf(node, 2n, set);
    const refusal = async (field: string, of = 'ledger') => {
      const { errors } = await node.ask(`{ ${of} { ${field} } }`);
      return errors?.map(({ extensions: { code, violations } }: any) => [code, violations?.[0].path]);
    };
    const ofChange = (size: string) =>
      refusal(`lastChange { inclusionProof(treeSize: "${size}") { hashes } }`, 'department(code: "D2")');
    expect(await ofChange('1')).toEqual([['BAD_USER_INPUT', '/treeSize']]);
    expect(await ofChange('-1')).toEqual([['BAD_USER_INPUT', '/treeSize']]);
    expect(await ofChange('3')).toEqual([['AS_OF_IN_FUTURE', undefined]]);
    expect(await refusal('checkpoint(treeSize: "7") { note }')).toEqual([['NOT_FOUND', undefined]]);
    expect(await refusal('consistencyProof(first: "2", second: "1") { hashes }')).toEqual([
      ['BAD_USER_INPUT', '/first'],
    ]);
    expect(await refusal('consistencyProof(first: "0", second: "1") { hashes }')).toEqual([
      ['BAD_USER_INPUT', '/first'],
    ]);
    expect(await refusal('consistencyProof(first: "1", second: "9") { hashes }')).toEqual([
      ['AS_OF_IN_FUTURE', undefined],
    ]);

    const dryRun = `mutation { registerDepartment(dryRun: true, input: { code: "D3", name: "局" }) {
      changes { leafHash leafIndex inclusionProof { hashes } } } }`;
    const { data } = await node.ask(dryRun);
    expect(data.registerDepartment.changes).toEqual([{ leafHash: null, leafIndex: null, inclusionProof: null }]);
  });

  test('without a key gives the leaf hash only', async () => {
    const { environment } = configured();
    const node = await startNodeHere({ DATA_DIR: environment.DATA_DIR }, onEnd);
    await register(node, 'D1', 'D2');
    const { data, errors } = await node.ask(PROOFS);
    expect(errors).toBeUndefined();
    const [{ leafHash, inclusionProof }] = data.department.history.nodes;
    expect(inclusionProof).toBeNull();
    expect(data.ledger).toEqual({ verifierKeys: [], checkpoint: null, consistencyProof: null });
    expect(data.asOf).toEqual({ checkpoint: null });
    await node.stop();
    const signing = await startNodeHere(environment, onEnd);
    const signed = await signing.ask(
      '{ department(code: "D1") { lastChange { leafHash inclusionProof { leafIndex } } } }',
    );
    expect(signed.data.department.lastChange).toEqual({ leafHash, inclusionProof: { leafIndex: '0' } });
  });
});

describe('a ledger file that was altered by SQL', () => {
  test.each([
    ['an event', `UPDATE event SET data = replace(data, 'D1', 'D9') WHERE position = 1`, /number 1, at position 1\b/],
    [
      'the actor of an event',
      `UPDATE event SET metadata = replace(metadata, 'u-editor', 'u-other') WHERE position = 2`,
      /number 2, at position 2\b/,
    ],
    ['the tail', 'DELETE FROM event WHERE position = 3', /ends at position 2, after 2 of 3 events/],
  ])('is refused at the start, which names what is wrong: %s', async (_, sql, message) => {
    const set = configured();
    const node = await startNodeHere(set.environment, onEnd);
    await register(node, 'D1', 'D2', 'D3');
    await checkpointOf(node, 3n, set);
    await node.stop();
    attack(set, sql);
    await expect(startNodeHere(set.environment, onEnd)).rejects.toThrow(message);
    const verified = await verifyLog(set);
    expect(verified).toMatch(message);
    expect(verified).toMatch(/status 1$/);
    // A new fold of altered events would agree with itself.
    await expect(runCommand(verifyCommand, [], set.environment)).rejects.toThrow(
      /^The log was altered: .*position [123]\b/,
    );
  });
});

describe('another office', () => {
  /** A server that cosigns the checkpoints of a ledger, and what the ledger's server needs to ask it. */
  async function witnessOf({ environment, policy }: Configured) {
    const folder = temporaryFolder();
    onEnd(() => {
      folder.remove();
    });
    const file = (name: string, text: string) => {
      writeFileSync(path.join(folder.path, name), text);
      return path.join(folder.path, name);
    };
    const key = newSigningKey();
    const { text } = signerOf('witness.example', 'cosignature', key).key;
    const witness = await startNodeHere(
      {
        DATA_DIR: path.join(folder.path, 'data'),
        WITNESS_KEY_FILE: file('witness.pem', key),
        WITNESS_NAME: 'witness.example',
        WITNESSED_LOGS_FILE: file('logs.txt', `log ${policy.logs[0]!.text}\nquorum none`),
      },
      onEnd,
    );
    const line = `witness W ${text} ${witness.address}/witness\nquorum W`;
    return {
      witness,
      policy: parsePolicy(`log ${policy.logs[0]!.text}\n${line}`),
      environment: { ...environment, WITNESSES_FILE: file('witnesses.txt', line) },
    };
  }
  const warningOf = async (node: NodeClient): Promise<string | undefined> =>
    ((await (await get(node, '/health/ready')).json()) as { readonly warning?: string }).warning;

  test('cosigns each checkpoint, and notices a history that was begun anew', async () => {
    const set = configured();
    const { witness, policy, environment } = await witnessOf(set);
    const node = await startNodeHere(environment, onEnd);
    await register(node, 'D1', 'D2');
    await eventually('the checkpoint is cosigned', async () => {
      const { data } = await node.ask('{ ledger { checkpoint { treeSize note } } }');
      const { note, treeSize } = data.ledger.checkpoint;
      return (
        treeSize === '2' && note.includes('witness.example') && trustedCheckpoint(note, policy).cosigners.size === 1
      );
    });
    expect(await warningOf(node)).toBeUndefined();
    await node.stop();

    rmSync(environment.DATA_DIR, { recursive: true });
    const again = await startNodeHere(environment, onEnd);
    await register(again, 'D1');
    await eventually('the witness is heard', async () =>
      /Witness witness\.example has cosigned 2 events, and this log has 1/.test((await warningOf(again)) ?? ''),
    );
    const strange = await fetch(`${witness.address}/witness/add-checkpoint`, { method: 'POST', body: 'old 0\n' });
    expect(strange.status).toBe(400);
  });

  test('keeps a copy, which the log is compared with if the files of the signer are lost', async () => {
    const set = configured();
    const copies = path.join(path.dirname(set.environment.SIGNING_KEY_FILE), 'other', 'copies.jsonl');
    const environment = { ...set.environment, CHECKPOINTS_URL: pathToFileURL(copies).href };
    const node = await startNodeHere(environment, onEnd);
    await register(node, 'D1', 'D2');
    await eventually('there is a copy', () => Promise.resolve(CheckpointFile.read(copies).newest?.treeSize === 2n));
    await node.stop();
    attack(set, `UPDATE event SET data = replace(data, 'D1', 'D9') WHERE position = 1`);
    rmSync(path.join(environment.DATA_DIR, 'tree'), { recursive: true });
    await expect(startNodeHere(environment, onEnd)).rejects.toThrow(
      /its first 2 events are not those that were signed/,
    );
    // Without the copy, nobody would notice.
    rmSync(path.join(environment.DATA_DIR, 'tree'), { recursive: true });
    const blind = await startNodeHere(set.environment, onEnd);
    await eventually('it says what it cannot know', async () =>
      /has found no earlier checkpoint/.test((await warningOf(blind)) ?? ''),
    );
  });
});

test('mingjian verify --log says that the log is the one that was signed', async () => {
  const set = configured();
  const node = await startNodeHere(set.environment, onEnd);
  await register(node, 'D1');
  await checkpointOf(node, 1n, set);
  expect(await verifyLog(set)).toBe('The log has the 1 events of the newest checkpoint, up to position 1\n');
});

test.each([
  ['no file', 'missing', undefined, /SIGNING_KEY_FILE: .*missing: ENOENT/],
  ['a file without a key', 'rubbish', 'rubbish', /SIGNING_KEY_FILE: .*it has no private key/],
  ['a key of another kind', 'rsa', rsaKey(), /SIGNING_KEY_FILE: .*not an Ed25519 key/],
])('a server does not start with %s', async (_, name, text, message) => {
  const { environment } = configured();
  const file = path.join(path.dirname(environment.SIGNING_KEY_FILE), name);
  if (text !== undefined) writeFileSync(file, text);
  await expect(startNodeHere({ ...environment, SIGNING_KEY_FILE: file }, onEnd)).rejects.toThrow(message);
});

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1_024 });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
}

test('a server does not sign without the name of its ledger', () => {
  expect(() => readConfig({ SIGNING_KEY_FILE: 'key.pem', AUTH_JWT_SECRET: 'x'.repeat(40) })).toThrow(/LEDGER_ORIGIN/);
});

test('mingjian key makes a key, and puts a new one before it', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const file = path.join(folder.path, 'key.pem');
  const key = (...arguments_: string[]) => runCommand(keyCommand, [file, ...arguments_], { LEDGER_ORIGIN: ORIGIN });
  await expect(key('--change')).rejects.toThrow(/there is no file/);
  const first = await key();
  expect(first).toMatch(/^ledger\.example\+[0-9a-f]{8}\+A.{43}\n$/);
  await expect(key()).rejects.toThrow(/exists already/);
  const both = await key('--change');
  expect(both.endsWith(first)).toBe(true);
  expect(both.split('\n')).toHaveLength(3);
  expect(statSync(file).mode & 0o077).toBe(0);
});

const verifyLog = ({ environment }: Configured) => runCommand(verifyCommand, ['--log'], environment);

describe('the record of reads', () => {
  const READ = '{ changes { nodes { type } } }';
  const READS = '{ reads { nodes { operation count } } }';

  /** Editors may read the record here, so that the test needs one token only. */
  function recording() {
    const set = configured();
    const policyFile = path.join(path.dirname(set.environment.SIGNING_KEY_FILE), 'policy.json');
    writeFileSync(policyFile, '{"editor":{"allow":["readReads"]}}');
    const { text } = signerOf(`${ORIGIN}/reads`, 'note', readFileSync(set.environment.SIGNING_KEY_FILE, 'utf8')).key;
    return {
      environment: { ...set.environment, POLICY_FILE: policyFile },
      policy: parsePolicy(`log ${text}\nquorum none`),
      ledger: path.join(set.environment.DATA_DIR, 'reads', 'reads.db'),
    };
  }

  /** The checkpoint of a size, when it is there. */
  async function signed(node: NodeClient, size: bigint, { policy }: Configured) {
    let note = '';
    await eventually(`the record is signed at size ${size}`, async () => {
      note = await (await get(node, '/reads/checkpoint')).text();
      return note.split('\n')[1] === String(size);
    });
    return trustedCheckpoint(note, policy);
  }

  test('has a tree of its own, and is not answered if it was altered', async () => {
    const set = recording();
    const first = await startNodeHere(set.environment, onEnd);
    await signed(first, 0n, set);
    await register(first, 'D1');
    await first.ask(READ);
    await first.stop();
    const second = await startNodeHere(set.environment, onEnd);
    const { rootHash } = await signed(second, 1n, set);
    const tile = await get(second, '/reads/tile/0/000.p/1');
    expect(Buffer.from(await tile.arrayBuffer())).toEqual(rootHash);
    expect(await second.ask(READS)).toMatchObject({ data: { reads: { nodes: [{ operation: 'changes', count: 1 }] } } });
    // The tree of the facts knows nothing of it.
    expect((await (await get(second, '/checkpoint')).text()).split('\n').slice(0, 2)).toEqual([ORIGIN, '1']);
    await second.stop();
    expect(await verifyLog(set)).toMatch(/^The log has the 1 .*\nThe record of reads has the 1 events .*\n$/);
    attack(set, `UPDATE event SET data = replace(data, 'u-editor', 'u-other') WHERE position = 1`);
    const third = await startNodeHere(set.environment, onEnd);
    expect(await third.ask(READS)).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect(await third.ask('{ department(code: "D1") { code } }')).toMatchObject({
      data: { department: { code: 'D1' } },
    });
    const health = (await (await get(third, '/health/ready')).json()) as { readonly warning: string };
    expect(health.warning).toMatch(/The record of reads is not the one that was signed.* number 1, at position 1\b/);
    await third.stop();
    expect(await verifyLog(set)).toMatch(/record of reads: .* number 1, at position 1[^]*status 1$/);
  });
});
