import { EventStore } from '../event-store/event-store';
import { CorruptLedger } from '../kernel/outage';
import { CheckpointSigner } from './checkpoint-signer';
import { hasLeaves, requireSigned, rootOf } from './compare-log';
import { DepartmentOf, FollowedLog, FollowedLogStorage } from './followed-log';
import { LeafHasher } from './hashing/leaf-hasher';
import { Heads } from './heads/heads';
import { parseHeads } from './heads/heads-note';
import { KeptCheckpoint } from './kept-checkpoint';
import { LogEnd, START } from './log-order';
import { LogTree } from './log-tree';
import { parseNote } from './notes/signed-note';
import { headsAt } from './places/heads-at';
import { Places } from './places/places';

export interface OpeningOptions {
  /** The log as it is stored, before any upcasting. */
  readonly log: Pick<EventStore, 'readAll'>;
  readonly storage: FollowedLogStorage;
  readonly signer: CheckpointSigner;
  /** By default in this thread. */
  readonly hasher?: LeafHasher;
}

/** What the storage has up to the newest checkpoint. */
export interface Stored {
  readonly tree: LogTree;
  readonly newest: KeptCheckpoint;
}

/** How many of the newest events are hashed again at a start; older ones are compared beside serving. */
const HASHED_AGAIN = 10_000n;

/**
 * Compares the log with the newest checkpoint. Returns the tree up to there; undefined if it has to be computed from the first event on,
 * because nothing is signed yet, or because its files are lost or damaged. Throws `LogMismatch` if the log is not the one that was signed.
 */
export async function storedTree({ log, storage, signer, hasher }: OpeningOptions): Promise<Stored | undefined> {
  const { newest } = signer.kept;
  if (newest === undefined) return undefined;
  signer.requireOwn(newest);
  const tree = LogTree.open(storage.tiles, newest.treeSize);
  if (tree?.rootHash.equals(rootOf(newest)) === true && hasPlaces(storage.places, newest)) {
    const from = signer.kept.upTo(newest.treeSize - HASHED_AGAIN);
    if (await hasLeaves(log, tree, from === undefined ? START : endOf(from), newest, { hasher }))
      return { tree, newest };
  }
  // Either the log was altered or the files were damaged. The signed root tells which.
  await requireSigned(log, newest, tree && { tree }, { hasher });
  return undefined;
}

/**
 * Makes `storedTree` ready to be followed on. The returned function cuts the stored places to it. Call it only when its result replaces the
 * tree that was used before: until then readers find the places of events by that one.
 */
export async function openFollowedLog(options: OpeningOptions, departmentOf: DepartmentOf): Promise<() => FollowedLog> {
  const { storage } = options;
  const { places } = storage;
  const stored = await storedTree(options);
  const heads = stored && (await storedHeads(stored, places));
  if (stored === undefined || heads === undefined) return () => FollowedLog.fromStart(storage, departmentOf);
  const { tree, newest } = stored;
  return () => {
    places.truncate(newest.treeSize);
    return new FollowedLog(tree, places, heads, endOf(newest), departmentOf);
  };
}

/** undefined if they are not those that were signed: then the places are damaged. */
async function storedHeads({ tree, newest }: Stored, places: Places): Promise<Heads | undefined> {
  try {
    const heads = await headsAt(newest.treeSize, tree, places);
    return heads.rootHash.equals(parseHeads(parseNote(newest.headsNote).text).rootHash) ? heads : undefined;
  } catch (error) {
    if (error instanceof CorruptLedger) return undefined;
    throw error;
  }
}

function hasPlaces(places: Places, { treeSize, position, recordedAt }: KeptCheckpoint): boolean {
  if (places.size < treeSize) return false;
  if (treeSize === 0n) return true;
  try {
    const last = places.at(treeSize - 1n);
    return last.position === position && last.recordedAt === recordedAt;
  } catch (error) {
    if (error instanceof CorruptLedger) return false;
    throw error;
  }
}

const endOf = ({ treeSize, position, recordedAt }: KeptCheckpoint): LogEnd => ({
  position,
  size: treeSize,
  recordedAt,
});
