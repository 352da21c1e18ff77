import { readFileSync, writeFileSync } from 'node:fs';
import { WitnessFile } from '../../../src/evidence/adapters/witness-file';
import { KeptCheckpoint } from '../../../src/evidence/kept-checkpoint';
import { LogTree } from '../../../src/evidence/log-tree';
import { checkpointText } from '../../../src/evidence/notes/checkpoint';
import { parsePolicy } from '../../../src/evidence/notes/policy';
import { Signer, signerOf, signNote } from '../../../src/evidence/notes/signatures';
import { printNote } from '../../../src/evidence/notes/signed-note';
import { trustedCheckpoint } from '../../../src/evidence/notes/trusted-checkpoint';
import { sha256 } from '../../../src/evidence/tree/hashes';
import { printAddCheckpoint } from '../../../src/evidence/witness/add-checkpoint';
import { AskedWitness } from '../../../src/evidence/witness/asked-witness';
import { Witness, WitnessAnswer } from '../../../src/evidence/witness/witness';
import { cleanUps } from '../../support/clean-ups';
import { temporaryFolder } from '../../support/temporary-folder';
import { FIRST, SECOND } from '../notes/keys';
import { MemoryTiles } from '../tiles/memory-tiles';

const ORIGIN = 'ledger.example';
const onEnd = cleanUps();
const log = signerOf(ORIGIN, 'note', FIRST);
const stranger = signerOf(ORIGIN, 'note', SECOND);
const own = signerOf('witness.example', 'cosignature', SECOND);
const policy = parsePolicy(`log ${log.key.text}\nwitness W ${own.key.text} https://witness.example/\nquorum W`);

let file: string;
beforeEach(() => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  file = `${folder.path}/witnessed.json`;
});

/** A log whose leaves are named. */
function treeOf(...leaves: readonly string[]): LogTree {
  const tree = LogTree.empty(new MemoryTiles());
  for (const leaf of leaves) tree.append(sha256(leaf));
  tree.write();
  return tree;
}

function signed(tree: LogTree, treeSize: bigint, { origin = ORIGIN, by = log } = {}): string {
  const text = checkpointText({ origin, treeSize, rootHash: tree.rootAt(treeSize) });
  return printNote({ text, signatures: [signNote(text, by)] });
}

const newWitness = () =>
  new Witness({ signer: own, logs: [log.key], memory: new WitnessFile(file), clock: { now: () => 1_700_000_000_000 } });

/** Asks for the tree of one size after another. */
const request = (tree: LogTree, oldSize: bigint, size: bigint, by: Signer = log) =>
  printAddCheckpoint({
    oldSize,
    proof: oldSize === 0n ? [] : tree.consistency(oldSize, size),
    checkpoint: signed(tree, size, { by }),
  });

const ALL = ['a', 'b', 'c', 'd', 'e'];

describe('a witness', () => {
  test('cosigns a history that grows, also after a restart', () => {
    const tree = treeOf(...ALL);
    const cosigned = (answer: WitnessAnswer, note: string) => {
      expect(answer.kind).toBe('cosigned');
      const { cosigners } = trustedCheckpoint(note + (answer as { readonly line: string }).line, policy);
      expect(cosigners).toEqual(new Set(policy.witnesses));
    };
    cosigned(newWitness().add(request(tree, 0n, 2n)), signed(tree, 2n));
    cosigned(newWitness().add(request(tree, 2n, 2n)), signed(tree, 2n));
    cosigned(newWitness().add(request(tree, 2n, 5n)), signed(tree, 5n));
  });

  test.each<[string, string, WitnessAnswer['kind']]>([
    ['another history', request(treeOf('a', 'x', 'c', 'd', 'e'), 3n, 5n), 'not-consistent'],
    ['another history of the same size', request(treeOf('a', 'b', 'x'), 3n, 3n), 'conflict'],
    ['a proof that is cut', request(treeOf(...ALL), 3n, 5n).replace(/\n.*\n/, '\n'), 'not-consistent'],
    ['an older size than it has', request(treeOf(...ALL), 2n, 5n), 'conflict'],
    ['a size from the start', request(treeOf(...ALL), 0n, 5n), 'conflict'],
    ['a tree that is smaller than the old one', request(treeOf(...ALL), 3n, 3n).replace('old 3', 'old 4'), 'malformed'],
    ['a signature of another key', request(treeOf(...ALL), 3n, 5n, stranger), 'not-signed'],
    ['no old size', request(treeOf(...ALL), 3n, 5n).replace('old', 'new'), 'malformed'],
    ['no checkpoint', 'old 3\n\n', 'malformed'],
    ['nothing', '', 'malformed'],
  ])('that has cosigned 3 events does not cosign %s', (_, body, kind) => {
    const witness = newWitness();
    witness.add(request(treeOf(...ALL), 0n, 3n));
    const answer = witness.add(body);
    expect(answer).toMatchObject(kind === 'conflict' ? { kind, treeSize: 3n } : { kind });
    expect(new WitnessFile(file).newestOf(ORIGIN)?.treeSize).toBe(3n);
  });

  test('does not know other logs', () => {
    const other = signerOf('other.example', 'note', FIRST);
    const checkpoint = signed(treeOf('a'), 1n, { origin: 'other.example', by: other });
    expect(newWitness().add(printAddCheckpoint({ oldSize: 0n, proof: [], checkpoint }))).toEqual({
      kind: 'unknown-log',
    });
  });

  test('does not begin anew if what it has kept is damaged', () => {
    newWitness().add(request(treeOf('a'), 0n, 1n));
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -3));
    expect(newWitness).toThrow(/is not what a witness has kept/);
  });
});

describe('a witness that is asked', () => {
  const STATUSES = {
    cosigned: 200,
    malformed: 400,
    'not-signed': 403,
    'unknown-log': 404,
    conflict: 409,
    'not-consistent': 422,
  } as const;
  const line = (witness: Witness, change = (text: string) => text) => ({
    key: own.key,
    send(body: string) {
      const answer = witness.add(body);
      const text = answer.kind === 'cosigned' ? answer.line : answer.kind === 'conflict' ? `${answer.treeSize}\n` : '';
      return Promise.resolve({ status: STATUSES[answer.kind], body: change(text) });
    },
  });
  const kept = (tree: LogTree, treeSize: bigint): KeptCheckpoint => ({
    treeSize,
    position: treeSize,
    recordedAt: 0,
    note: signed(tree, treeSize),
    headsNote: '',
  });
  const asks = (asked: AskedWitness, tree: LogTree, size: bigint) =>
    asked.cosign(kept(tree, size), (first, second) => tree.consistency(first, second));

  test('cosigns each checkpoint, also if this process has just started', async () => {
    const tree = treeOf(...ALL);
    const witness = newWitness();
    const asked = new AskedWitness(line(witness));
    for (const size of [1n, 3n]) {
      const { cosigners, treeSize } = trustedCheckpoint(await asks(asked, tree, size), policy);
      expect([treeSize, cosigners.size]).toEqual([size, 1]);
    }
    const note = await asks(new AskedWitness(line(witness)), tree, 5n);
    expect(trustedCheckpoint(note, policy).cosigners.size).toBe(1);
  });

  test.each<[string, LogTree, bigint, RegExp]>([
    ['a history that was rewritten', treeOf('x', 'b', 'c', 'd', 'e'), 5n, /has seen another history/],
    ['one of the same size', treeOf('x', 'b', 'c'), 3n, /has seen another history/],
    ['a tail that was cut', treeOf('a', 'b'), 2n, /has cosigned 3 events, and this log has 2/],
  ])('notices %s', async (_, tree, size, message) => {
    const witness = newWitness();
    witness.add(request(treeOf(...ALL), 0n, 3n));
    await expect(asks(new AskedWitness(line(witness)), tree, size)).rejects.toThrow(message);
  });

  test.each<[string, (text: string) => string]>([
    ['nothing', () => ''],
    ['rubbish', () => 'rubbish\n'],
    ['a cosignature of something else', (text) => text.replace(/[A-Za-z0-9+/]{8}(=*)\n$/, 'AAAAAAAA$1\n')],
  ])('is refused if it answers with %s', async (_, change) => {
    const asked = new AskedWitness(line(newWitness(), change));
    await expect(asks(asked, treeOf('a'), 1n)).rejects.toThrow(/wrong cosignature/);
  });
});
