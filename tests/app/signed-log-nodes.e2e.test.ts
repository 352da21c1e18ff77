import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newSigningKey } from '../../src/app/evidence/signing-keys';
import { rebuildCommand } from '../../src/cli/rebuild';
import { verifyCommand } from '../../src/cli/verify';
import { parsePolicy } from '../../src/evidence/notes/policy';
import { signerOf } from '../../src/evidence/notes/signatures';
import { trustedCheckpoint } from '../../src/evidence/notes/trusted-checkpoint';
import { isIncluded } from '../../src/evidence/tree/verify-inclusion';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { startStandIn } from '../support/kurrentdb-log';
import { LogRecord } from '../support/kurrentdb/log';
import { KurrentStandIn } from '../support/kurrentdb/stand-in';
import { NodeClient, startNodeHere } from '../support/node-process';
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
let signing: Awaited<ReturnType<typeof startNodeHere>>;
let reading: Awaited<ReturnType<typeof startNodeHere>>;

beforeAll(async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const redis = await startRedis();
  onEnd(() => redis.stop());
  standIn = await startStandIn(onEnd);
  mkdirSync(folder.path, { recursive: true });
  const keyFile = path.join(folder.path, 'key.pem');
  writeFileSync(keyFile, key);
  const shared = { EVENTSTORE_URL: standIn.url, REDIS_URL: redis.url, LEDGER_ORIGIN: ORIGIN };
  environment = { ...shared, DATA_DIR: path.join(folder.path, 'data'), SIGNING_KEY_FILE: keyFile };
  signing = await startNodeHere(environment, onEnd);
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
