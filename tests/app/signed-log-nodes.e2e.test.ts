import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Redis from 'ioredis';
import { checkpointFile } from '../../src/app/evidence/files';
import { newSigningKey } from '../../src/app/evidence/signing-keys';
import { rebuildCommand } from '../../src/cli/rebuild';
import { verifyCommand } from '../../src/cli/verify';
import { CheckpointFile } from '../../src/evidence/adapters/checkpoint-file';
import { CopiesInRedis } from '../../src/evidence/adapters/copies-in-redis';
import { Checkpoint, parseCheckpoint } from '../../src/evidence/notes/checkpoint';
import { parsePolicy } from '../../src/evidence/notes/policy';
import { signerOf } from '../../src/evidence/notes/signatures';
import { parseNote } from '../../src/evidence/notes/signed-note';
import { trustedCheckpoint } from '../../src/evidence/notes/trusted-checkpoint';
import { isIncluded } from '../../src/evidence/tree/verify-inclusion';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { startStandIn } from '../support/kurrentdb-log';
import { LogRecord } from '../support/kurrentdb/log';
import { KurrentStandIn } from '../support/kurrentdb/stand-in';
import { NodeClient, NodeProcess, startNode, startNodeHere } from '../support/node-process';
import { startRedis } from '../support/redis/server';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

const ORIGIN = 'ledger.example';
const onEnd = cleanUps(afterAll);
const key = newSigningKey();
const { text: verifierKey } = signerOf(ORIGIN, 'note', key).key;
const policy = parsePolicy(`log ${verifierKey}\nquorum none`);

let standIn: KurrentStandIn;
let environment: Readonly<Record<string, string>>;
let redisUrl: string;
let signing: NodeProcess;
let reading: Awaited<ReturnType<typeof startNodeHere>>;

beforeAll(async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const redis = await startRedis();
  onEnd(() => redis.stop());
  redisUrl = redis.url;
  standIn = await startStandIn(onEnd);
  mkdirSync(folder.path, { recursive: true });
  const keyFile = path.join(folder.path, 'key.pem');
  writeFileSync(keyFile, key);
  const shared = { EVENTSTORE_URL: standIn.url, REDIS_URL: redis.url, LEDGER_ORIGIN: ORIGIN };
  environment = { ...shared, DATA_DIR: path.join(folder.path, 'data'), SIGNING_KEY_FILE: keyFile };
  signing = await startNode(environment, onEnd);
  reading = await startNodeHere({ ...shared, ROLES: 'api', VERIFIER_KEYS: verifierKey }, onEnd);
});

async function write(node: NodeClient, mutation: string): Promise<readonly string[]> {
  const { errors } = await node.ask(`mutation { ${mutation} { position } }`);
  return (errors ?? []).map(({ extensions }: any) => extensions.code);
}

/** The proof of the registration of D1 in the tree of a size, as soon as a node has it. */
async function proofFrom(node: NodeClient, treeSize: number) {
  let proof: any;
  await eventually(`size ${treeSize} is signed`, async () => {
    const { data } = await node.ask(`{ department(code: "D1") { lastChange {
      leafHash inclusionProof(treeSize: "${treeSize}") { leafIndex hashes checkpoint { note } } } } }`);
    proof = data?.department?.lastChange;
    return Boolean(proof?.inclusionProof?.checkpoint);
  });
  const { rootHash } = trustedCheckpoint(proof.inclusionProof.checkpoint.note, policy);
  const claim = { leafIndex: BigInt(proof.inclusionProof.leafIndex), treeSize: BigInt(treeSize), rootHash };
  const bytes = (hash: string) => Buffer.from(hash, 'base64');
  const hashes = proof.inclusionProof.hashes.map(bytes);
  expect(isIncluded({ ...claim, leafHash: bytes(proof.leafHash), proof: hashes })).toBe(true);
  return proof;
}

test('a node that never signs proves what another one has signed, also after a rebuild', async () => {
  expect(await write(reading, 'registerDepartment(input: { code: "D1", name: "局" })')).toEqual([]);
  expect(await write(reading, 'registerDepartment(input: { code: "D2", name: "局" })')).toEqual([]);
  const proof = await proofFrom(reading, 2);
  expect(await proofFrom(signing, 2)).toEqual(proof);
  expect(await runCommand(rebuildCommand, ['--grace', '0'], environment)).toMatch(
    /The new read models serve: 2 events/,
  );
  expect(await proofFrom(reading, 2)).toEqual(proof);
  expect(await runCommand(verifyCommand, ['--log'], environment)).toMatch(/^The log has the 2 events .*\n$/);
});

const checkpointOf = async (node: NodeClient): Promise<Checkpoint> =>
  parseCheckpoint(parseNote(await (await fetch(`${node.address}/checkpoint`)).text()).text);

test('two processes that may sign never contradict each other, also if one of them is halted and wakes up', async () => {
  const folder = path.join(environment.DATA_DIR!, '../second');
  const second = await startNodeHere({ ...environment, DATA_DIR: folder }, onEnd);
  const everywhere = (size: bigint, ...nodes: readonly NodeClient[]) =>
    eventually(`size ${size} is signed`, async () =>
      (await Promise.all(nodes.map(checkpointOf))).every(({ treeSize }) => treeSize === size),
    );
  process.kill(signing.pid, 'SIGSTOP');
  // The read models follow only when the second process projects.
  await write(second, 'registerDepartment(input: { code: "D3", name: "局" })');
  await everywhere(3n, second);
  process.kill(signing.pid, 'SIGCONT');
  expect(await write(signing, 'registerDepartment(input: { code: "D4", name: "局" })')).toEqual([]);
  await everywhere(4n, signing, second);
  const ofBoth = [environment.DATA_DIR!, folder].map((data) => CheckpointFile.read(checkpointFile({ dataDir: data })));
  for (const size of [2n, 3n, 4n]) {
    const roots = ofBoth
      .flatMap((kept) => kept.of(size) ?? [])
      .map(({ note }) => parseCheckpoint(parseNote(note).text));
    expect(new Set(roots.map(({ rootHash }) => rootHash.toString('base64'))).size).toBe(1);
    await proofFrom(reading, Number(size));
  }
  await second.stop();
});

test('Redis keeps the newest checkpoint, and refuses one that contradicts it', async () => {
  const client = new Redis(redisUrl);
  const copies = new CopiesInRedis({ client, keyPrefix: 'test:', origin: ORIGIN });
  const put = (treeSize: bigint, note: string) =>
    copies.put({ treeSize, position: treeSize, recordedAt: 0, note: `${note}\n\n— signed`, headsNote: '' });
  await put(10n, 'ten');
  await put(9n, 'nine');
  expect((await copies.newest())?.treeSize).toBe(10n);
  await put(10n, 'ten');
  await expect(put(10n, 'another')).rejects.toThrow('another process has signed another tree of 10 events');
  await put(2n ** 63n, 'more than Lua can count');
  await put(2n ** 63n - 1n, 'less');
  expect((await copies.newest())?.treeSize).toBe(2n ** 63n);
  client.disconnect();
});

test('an event store that lies is noticed by a read, a start and a check, which name the event', async () => {
  const [first] = standIn.log.records;
  const lie = { ...first!, data: Buffer.from(Buffer.from(first!.data).toString().replace('局', '院')) };
  standIn.log.records[0] = lie;
  (standIn.log.streamOf(lie.stream) as LogRecord[])[0] = lie;
  // The other node has not read the stream before.
  expect(await write(signing, 'renameDepartment(input: { code: "D1", name: "厅" })')).toEqual(['UNAVAILABLE']);
  await eventually('the signing node says what differs', async () =>
    /The first event that differs is number 1, at position/.test((await signing.problem()) ?? ''),
  );
  expect(await runCommand(verifyCommand, ['--log'], environment)).toMatch(/number 1, at position[^]*status 1/);
  await signing.stop();
  await expect(startNodeHere(environment, onEnd)).rejects.toThrow(/number 1, at position/);
});
