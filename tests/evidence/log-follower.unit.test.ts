import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { StoredEvent } from '../../src/event-store/envelope';
import { CheckpointFile } from '../../src/evidence/adapters/checkpoint-file';
import { PlaceFile } from '../../src/evidence/adapters/place-file';
import { CheckpointSigner } from '../../src/evidence/checkpoint-signer';
import { differentEvent } from '../../src/evidence/compare-log';
import { eventLeafHash } from '../../src/evidence/event-form';
import { HASHER_IN_THIS_THREAD } from '../../src/evidence/hashing/leaf-hasher';
import { LeafCheck } from '../../src/evidence/leaf-check';
import { LogFollower } from '../../src/evidence/log-follower';
import { LogTree } from '../../src/evidence/log-tree';
import { GrowingHeads } from '../../src/evidence/heads/growing-heads';
import { parseHeads } from '../../src/evidence/heads/heads-note';
import { isHeadProven } from '../../src/evidence/heads/verify-head';
import { LogProofs } from '../../src/evidence/log-proofs';
import { parseNote } from '../../src/evidence/notes/signed-note';
import { Signer, signerOf, signersOf } from '../../src/evidence/notes/signatures';
import { trustedCheckpoint } from '../../src/evidence/notes/trusted-checkpoint';
import { parsePolicy } from '../../src/evidence/notes/policy';
import { isConsistent } from '../../src/evidence/tree/verify-consistency';
import { isIncluded } from '../../src/evidence/tree/verify-inclusion';
import { LogMismatch, Outage, ReadModelBehind } from '../../src/kernel/outage';
import { Telemetry } from '../../src/kernel/telemetry';
import { Lease, NO_LEASE } from '../../src/projector/lease';
import { FakeLog } from '../projector/fake-log';
import { cleanUps } from '../support/clean-ups';
import { Gate } from '../support/gate';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/temporary-folder';
import { FIRST, SECOND } from './notes/keys';
import { MemoryTiles } from './tiles/memory-tiles';

const ORIGIN = 'ledger.example';
const onEnd = cleanUps();
const old = signerOf(ORIGIN, 'note', FIRST);
const next = signerOf(ORIGIN, 'note', SECOND);
const trusting = (...signers: (typeof old)[]) =>
  parsePolicy(`${signers.map(({ key }) => `log ${key.text}\n`).join('')}quorum none`);

let log: FakeLog;
let tiles: MemoryTiles;
let folder: string;
beforeEach(() => {
  log = new FakeLog();
  tiles = new MemoryTiles();
  const temporary = temporaryFolder();
  onEnd(() => {
    temporary.remove();
  });
  folder = temporary.path;
  log.addAll(['s-1', 's-2', 's-1', 's-3', 's-1'], 'first');
});

/** Streams are named `<department>-<number>`. */
const departmentOf = ({ stream }: StoredEvent) => stream.slice(0, stream.indexOf('-'));

const keptCheckpoints = () => CheckpointFile.read(`${folder}/checkpoints.jsonl`);

interface StartOptions {
  readonly signers?: readonly Signer[];
  readonly origin?: string;
  readonly lease?: Lease;
}

/** A follower that runs until it is stopped, as in a process that starts. */
function start({ signers = [old], origin = ORIGIN, lease = NO_LEASE }: StartOptions = {}) {
  const troubles: unknown[] = [];
  /** What was reported, in its order. */
  const reported: string[] = [];
  const mismatches: LogMismatch[] = [];
  const telemetry: Telemetry = {
    report(signal) {
      reported.push(signal.kind);
      if (signal.kind === 'trouble') troubles.push(signal.error);
    },
  };
  const signer = new CheckpointSigner(origin, signers, CheckpointFile.open(`${folder}/checkpoints.jsonl`));
  const follower = new LogFollower({
    log,
    storage: { tiles, places: PlaceFile.open(folder) },
    departmentOf,
    signer,
    lease,
    onMismatch: (mismatch) => mismatches.push(mismatch),
    telemetry,
    signEveryMs: 0,
  });
  const stopping = new AbortController();
  const running = follower.run(stopping.signal);
  const stop = async () => {
    stopping.abort();
    await running;
  };
  onEnd(stop);
  return { signer, follower, troubles, reported, mismatches, running, stop };
}

/** Signs all that is in the log, in a process of its own. */
async function signAll(options: Parameters<typeof start>[0] = {}) {
  const process = start(options);
  const { length } = events();
  await eventually('all is signed', () => Promise.resolve(process.signer.kept.newest?.treeSize === BigInt(length)));
  await process.stop();
  return process;
}

function events(): readonly StoredEvent[] {
  const all = log.putBack([]);
  log.putBack(all);
  return all;
}

/** The log with one event replaced. */
const alter = (at: number, change: Partial<StoredEvent>) =>
  log.putBack(events().map((event, index) => (index === at ? { ...event, ...change } : event)));

test('signs the empty log first, and then each event in log order', async () => {
  log.putBack([]);
  const { signer, stop } = start();
  await eventually('the empty tree is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 0n));
  log.addAll(['s-1', 's-2'], 'later');
  log.add({ stream: 's-2', storedAt: -5 });
  await eventually('the events are signed', () => Promise.resolve(signer.kept.newest?.treeSize === 3n));
  await stop();

  const tree = LogTree.open(tiles, 3n)!;
  const recordedAt = 0;
  expect(events().map((_, at) => tree.leafAt(BigInt(at)))).toEqual(
    events().map((event, at) => eventLeafHash(event, { sequence: BigInt(at + 1), recordedAt })),
  );
  const { note, position } = signer.kept.newest!;
  expect(position).toBe(events().at(-1)!.position);
  expect(trustedCheckpoint(note, trusting(old))).toMatchObject({
    origin: ORIGIN,
    treeSize: 3n,
    rootHash: tree.rootHash,
  });
});

test('goes on where it was, and the new checkpoint is consistent with the old one', async () => {
  const { signer } = await signAll();
  const before = trustedCheckpoint(signer.kept.newest!.note, trusting(old));
  log.addAll(['s-1', 's-4'], 'second');
  const again = await signAll();
  const after = trustedCheckpoint(again.signer.kept.newest!.note, trusting(old));
  const proof = LogTree.open(tiles, 7n)!.consistency(5n, 7n);
  const claim = { first: 5n, second: 7n, firstRoot: before.rootHash, secondRoot: after.rootHash, proof };
  expect(isConsistent(claim)).toBe(true);
  expect(again.troubles).toEqual([]);
});

test('does not sign the same tree twice', async () => {
  await signAll();
  await signAll();
  expect(keptCheckpoints().upTo(4n)?.treeSize ?? 0n).toBe(0n);
});

describe('if the log is not the one that was signed, signs nothing more, and names the first event that differs', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'an event was altered',
      () => alter(1, { data: { amount: '1' } }),
      /not those that were signed.*number 2, at position 20/,
    ],
    [
      'the metadata of an event were altered',
      () => alter(2, { metadata: { ...events()[2]!.metadata, reason: 'x' } }),
      /number 3/,
    ],
    ['the time of an event was altered', () => alter(3, { storedAt: 1 }), /number 4, at position 40/],
    [
      'two events were swapped',
      () => {
        const [one, two, ...rest] = events();
        log.putBack([{ ...two!, position: one!.position }, { ...one!, position: two!.position }, ...rest]);
      },
      /number 1, at position 10/,
    ],
    [
      'an event was removed',
      () => log.putBack(events().toSpliced(1, 1)),
      /after 4 of 5 events.*number 2, at position 30/,
    ],
    [
      'an event was added',
      () => log.putBack(events().toSpliced(1, 0, { ...events()[0]!, position: 15n })),
      /number 2, at position 15/,
    ],
    ['the tail was cut', () => log.putBack(events().slice(0, 3)), /ends at position 30, after 3 of 5 events/],
    ['everything was removed', () => log.putBack([]), /ends at position 0, after 0 of 5 events/],
    [
      'an event has no canonical form any more',
      () => alter(1, { data: { text: '\ud800' } }),
      /at position 20 is malformed/,
    ],
  ])('%s', async (_, attack, message) => {
    await signAll();
    attack();
    const { follower, mismatches, running, signer } = start();
    await expect(follower.check()).rejects.toThrow(message);
    await running;
    expect(mismatches.map((mismatch) => mismatch.message)).toEqual([expect.stringMatching(message)]);
    expect(follower.problem).toMatch(message);
    log.addAll(['s-9'], 'later');
    expect(signer.kept.newest!.treeSize).toBe(5n);
  });

  test('the tiles were altered with it', async () => {
    await signAll();
    alter(1, { data: { amount: '1' } });
    tiles.tiles.clear();
    const { mismatches, running } = start();
    await running;
    expect(mismatches[0]!.message).toMatch(/its first 5 events are not those that were signed/);
  });

  test('while it runs, as the connection comes back', async () => {
    const { signer, mismatches, running } = start();
    await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 5n));
    log.breakOff(() => {
      alter(0, { type: 'Altered' });
    });
    await running;
    expect(mismatches[0]!.message).toMatch(/number 1, at position 10/);
  });
});

describe('an event that was read differs from its leaf', () => {
  const difference = differentEvent({ position: 20n, size: 2n });

  test('and the log was altered: it ends, and names the first event that differs', async () => {
    const { signer, follower, mismatches, running } = start();
    await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 5n));
    alter(0, { type: 'Altered' });
    log.addAll(['s-1'], 'second');
    follower.suspect(difference);
    expect(follower.problem).toMatch(/number 2/);
    await running;
    expect(follower.problem).toMatch(/The first event that differs is number 1, at position 10/);
    expect(mismatches).toHaveLength(1);
    expect(signer.kept.newest!.treeSize).toBe(5n);
  });

  test('and the log is right: it computes the tree again, and signs on', async () => {
    const { signer, follower, mismatches } = start();
    await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 5n));
    follower.suspect(difference);
    log.addAll(['s-1'], 'second');
    await eventually('the new event is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 6n));
    expect(follower.problem).toBeUndefined();
    expect(mismatches).toEqual([]);
    expect(LogTree.open(tiles, 6n)!.rootHash).toEqual(rootOf(signer));
  });

  test('while the tree is opened again: it signs on', async () => {
    const { signer, follower, troubles } = start();
    await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 5n));
    const readAll = log.readAll.bind(log);
    log.readAll = (after) => {
      log.readAll = readAll;
      follower.suspect(difference);
      return readAll(after);
    };
    log.breakOff(() => {
      log.addAll(['s-1'], 'second');
    });
    await eventually('the new event is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 6n));
    expect(troubles).toContain(difference);
    expect(follower.problem).toBeUndefined();
  });
});

test('events that are read while it opens its tree again are not suspected', async () => {
  await signAll();
  const gate = new Gate();
  await gate.close();
  const { follower, troubles } = start({ lease: gate });
  log.addAll(['s-1', 's-2'], 'second');
  await eventually('the log is followed', () => Promise.resolve(follower.followed?.provable === 7n));
  const stop = new AbortController();
  onEnd(() => {
    stop.abort();
  });
  const check = new LeafCheck({
    followed: () => follower.opened(stop.signal),
    hasher: HASHER_IN_THIS_THREAD,
    onDifference: (difference) => {
      follower.suspect(difference);
    },
  });
  const before = follower.followed;
  log.breakOff(() => undefined);
  const isOpenAgain = () => follower.followed !== before && follower.followed?.provable === 7n;
  while (!isOpenAgain() && follower.problem === undefined) {
    await check.require(events()).catch((error: unknown) => {
      if (!(error instanceof Outage)) throw error;
    });
    await turn();
  }
  expect(follower.problem).toBeUndefined();
  expect(troubles).toEqual([new Outage('The connection to the log was lost')]);
});

test('an outage that it meets while it waits for the lease is over once it signs', async () => {
  const gate = new Gate();
  await gate.close();
  const subscribe = jest.spyOn(log, 'subscribe').mockImplementation(() => {
    throw new Outage('away');
  });
  const { signer, reported } = start({ lease: gate });
  await eventually('the outage is reported', () => Promise.resolve(reported.length > 0));
  gate.open();
  subscribe.mockRestore();
  await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 5n));
  const begun = reported.filter((kind) => kind === 'trouble');
  expect(reported.filter((kind) => kind === 'trouble-over')).toHaveLength(begun.length);
});

test('a process without the lease follows the log, and signs once it has it', async () => {
  const gate = new Gate();
  await gate.close();
  const { signer, follower } = start({ lease: gate });
  await eventually('the log is followed', () => Promise.resolve(follower.followed?.provable === 5n));
  expect(signer.kept.newest).toBeUndefined();
  gate.open();
  await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 5n));
});

test('a process whose lease has expired signs nothing, also before the signal of the lease says so', async () => {
  let isHeld = true;
  const lease: Lease = { hold: (signal, work) => work(0n, signal, () => isHeld) };
  const { signer, follower } = start({ lease });
  await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 5n));
  isHeld = false;
  log.addAll(['s-1'], 'second');
  await eventually('the log is followed', () => Promise.resolve(follower.followed?.provable === 6n));
  await log.idle(() => {
    log.addAll(['s-1'], 'third');
  });
  expect(signer.kept.newest?.treeSize).toBe(5n);
});

test('computes lost tiles again, and its next checkpoint is consistent', async () => {
  const { signer } = await signAll();
  tiles.tiles.clear();
  log.addAll(['s-1'], 'second');
  const again = await signAll();
  const [before, after] = [signer, again.signer].map(({ kept }) => trustedCheckpoint(kept.newest!.note, trusting(old)));
  const tree = LogTree.open(tiles, 6n)!;
  expect(tree.rootHash).toEqual(after!.rootHash);
  expect(tree.rootAt(5n)).toEqual(before!.rootHash);
});

test('computes damaged tiles again', async () => {
  await signAll();
  tiles.tiles.get('0/000')![0]! ^= 1;
  const { signer } = start();
  await eventually('the tree is right', () =>
    Promise.resolve(LogTree.open(tiles, 5n)?.rootHash.equals(rootOf(signer))),
  );
});

const rootOf = ({ kept }: CheckpointSigner) => trustedCheckpoint(kept.newest!.note, trusting(old)).rootHash;

test('computes the tree again if one of its tiles is lost', async () => {
  log.addAll(Array<string>(300).fill('s-1'), 'many');
  await signAll();
  tiles.tiles.delete('0/000');
  const { signer, troubles } = start();
  await eventually('the tile is there', () => Promise.resolve(tiles.tiles.get('0/000')?.length === 256 * 32));
  expect(troubles).toEqual([]);
  expect(LogTree.open(tiles, 305n)!.rootHash).toEqual(rootOf(signer));
});

describe('the second note', () => {
  /** The heads of the first events, as the definition says. */
  function headsUpTo(size: number) {
    const heads = new GrowingHeads();
    for (const [at, event] of events().slice(0, size).entries()) {
      const leafHash = eventLeafHash(event, { sequence: BigInt(at + 1), recordedAt: 0 });
      heads.add({ department: departmentOf(event), stream: event.stream, leafHash });
    }
    return heads.now;
  }

  test('signs the heads of the same size', async () => {
    log.addAll(['t-1'], 'second');
    const { signer } = await signAll();
    const note = parseNote(signer.kept.newest!.headsNote);
    expect(signersOf(note, [old.key])).toEqual(new Set([old.key]));
    expect(parseHeads(note.text)).toEqual({ origin: ORIGIN, treeSize: 6n, rootHash: headsUpTo(6).rootHash });
  });

  test('can be proven at each size that was signed, also after a restart', async () => {
    await signAll();
    log.addAll(['s-1', 't-1', 's-1'], 'second');
    await signAll();
    const { signer, follower } = start();
    await eventually('the tree is open', () => Promise.resolve(follower.followed !== undefined));
    const proofs = proofsOf(signer, follower);
    for (const size of [5, 8]) {
      const heads = await proofs.headsOf(BigInt(size));
      const proof = heads.prove('s', 's-1');
      const { rootHash } = parseHeads(parseNote(proofs.checkpointOf(BigInt(size))!.headsNote).text);
      expect(isHeadProven(rootHash, 's', 's-1', proof)).toBe(true);
      expect(proof.entity).toEqual(headsUpTo(size).headOf('s', 's-1'));
      expect(isHeadProven(rootHash, 't', 't-1', heads.prove('t', 't-1'))).toBe(true);
    }
  });

  test.each(['places.bin', 'streams.jsonl'])('is right again after %s was damaged', async (name) => {
    const { signer } = await signAll();
    const bytes = readFileSync(`${folder}/${name}`);
    bytes[bytes.length - 3]! ^= 1;
    writeFileSync(`${folder}/${name}`, bytes);
    log.addAll(['s-2'], 'second');
    const again = await signAll();
    expect(again.troubles).toEqual([]);
    expect(parseHeads(parseNote(again.signer.kept.newest!.headsNote).text).rootHash).toEqual(headsUpTo(6).rootHash);
    expect(signer.kept.newest!.treeSize).toBe(5n);
  });
});

describe('proofs', () => {
  test('of leaves and of growth, at any size', async () => {
    await signAll();
    log.addAll(['s-1', 's-4'], 'second');
    const { signer, follower } = start();
    await eventually('all is signed', () => Promise.resolve(signer.kept.newest?.treeSize === 7n));
    const proofs = proofsOf(signer, follower);
    const tree = LogTree.open(tiles, 7n)!;
    for (const treeSize of [5n, 6n, 7n]) {
      const rootHash = tree.rootAt(treeSize);
      const claim = { leafIndex: 4n, leafHash: proofs.leafHash(4n), treeSize, rootHash };
      expect(isIncluded({ ...claim, proof: proofs.inclusion(4n, treeSize) })).toBe(true);
      const roots = { first: 5n, second: treeSize, firstRoot: tree.rootAt(5n), secondRoot: rootHash };
      expect(isConsistent({ ...roots, proof: proofs.consistency(5n, treeSize) })).toBe(true);
    }
    expect(proofs.size).toBe(7n);
    expect(proofs.placeOf(4n)).toEqual({ position: 50n, recordedAt: 0, stream: 's-1', department: 's' });
    expect([49n, 50n, 1_000n].map((position) => proofs.countUpTo(position))).toEqual([4n, 5n, 7n]);
    expect([-1n, 4n, 5n, 7n].map((leaf) => proofs.checkpointWith(leaf)?.treeSize)).toEqual([0n, 5n, 7n, undefined]);
    expect(proofs.checkpointOf(6n)).toBeUndefined();
    expect(() => proofs.inclusion(4n, 8n)).toThrow(RangeError);
  });

  test('wait for the tree, and not for ever', async () => {
    const { signer, follower } = start();
    const proofs = proofsOf(signer, follower);
    expect(() => proofs.leafHash(0n)).toThrow(ReadModelBehind);
    expect(await proofs.waitFor(() => (proofs.size >= 5n ? proofs.size : undefined), performance.now() + 5_000)).toBe(
      5n,
    );
    await expect(proofs.waitFor(() => undefined, performance.now())).rejects.toThrow(ReadModelBehind);
  });
});

const proofsOf = (signer: CheckpointSigner, follower: LogFollower) =>
  new LogProofs({ origin: signer.origin, verifierKeys: signer.verifierKeys, kept: signer.kept, follower });

test('a log that cannot be read is tried again', async () => {
  log.drops.push(new Outage('away'), undefined);
  const { troubles } = await signAll();
  expect(troubles).toEqual([new Outage('away')]);
});

test('an outage of the log is reported when it begins and when it is over, however often the log is tried', async () => {
  const subscribe = jest.spyOn(log, 'subscribe');
  for (const message of ['away', 'still away', 'away again']) {
    subscribe.mockImplementationOnce(() => {
      throw new Outage(message);
    });
  }
  const { troubles, reported } = await signAll();
  expect(troubles).toEqual([new Outage('away')]);
  expect(reported).toEqual(['trouble', 'trouble-over']);
});

describe('a change of the key', () => {
  test('has checkpoints of both keys', async () => {
    await signAll();
    log.addAll(['s-1'], 'second');
    const { signer } = await signAll({ signers: [next, old] });
    const { note } = signer.kept.newest!;
    expect(trustedCheckpoint(note, trusting(old, next)).signers).toEqual(new Set([old.key, next.key]));
    log.addAll(['s-1'], 'third');
    const { troubles } = await signAll({ signers: [next] });
    expect(troubles).toEqual([]);
  });

  test('without the old key is refused', async () => {
    await signAll();
    const { follower, running } = start({ signers: [next] });
    await running;
    expect(follower.problem).toMatch(/were signed with another key/);
  });
});

test('another origin is refused', async () => {
  await signAll();
  const { follower, running } = start({ origin: 'other.example', signers: [signerOf('other.example', 'note', FIRST)] });
  await running;
  expect(follower.problem).toMatch(/are of ledger\.example; the origin of a ledger never changes/);
});

test('a kept checkpoint that was altered is refused', async () => {
  await signAll();
  const file = `${folder}/checkpoints.jsonl`;
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\\n5\\n', '\\n4\\n'));
  const { follower, running } = start();
  await running;
  expect(follower.problem).toMatch(/checkpoint that is kept was altered: The signature of ledger\.example is wrong/);
});
