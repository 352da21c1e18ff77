import { EventStore } from '../event-store/event-store';
import { CheckpointSigner } from './checkpoint-signer';
import { hasLeaves, requireSigned, rootOf } from './compare-log';
import { KeptCheckpoint } from './kept-checkpoint';
import { LogEnd, START } from './log-order';
import { LogTree } from './log-tree';
import { TileStorage } from './tiles/tile-storage';

export interface OpenedTree {
  readonly tree: LogTree;
  /** The part of the log that the tree covers. */
  readonly end: LogEnd;
}

/** How many of the newest events are hashed again at a start; older ones are compared beside serving. */
const HASHED_AGAIN = 10_000n;

/**
 * The tree up to the newest checkpoint. If its tiles are lost or damaged, it is empty, and has to be computed again. Throws
 * `LogMismatch` if the log is not the one that was signed.
 */
export async function openTree(
  log: Pick<EventStore, 'readAll'>,
  storage: TileStorage,
  signer: CheckpointSigner,
): Promise<OpenedTree> {
  const { newest } = signer.kept;
  if (newest === undefined) return emptyTree(storage);
  signer.requireOwn(newest);
  const tree = LogTree.open(storage, newest.treeSize);
  if (tree?.rootHash.equals(rootOf(newest)) === true) {
    const from = signer.kept.upTo(newest.treeSize - HASHED_AGAIN);
    if (await hasLeaves(log, tree, from === undefined ? START : endOf(from), newest)) {
      return { tree, end: endOf(newest) };
    }
  }
  // Either the log was altered or the tiles were damaged. The signed root tells which.
  await requireSigned(log, newest, tree);
  return emptyTree(storage);
}

/** A tree that is to be computed from the first event on. */
export const emptyTree = (storage: TileStorage): OpenedTree => ({ tree: LogTree.empty(storage), end: START });

const endOf = ({ treeSize, position, recordedAt }: KeptCheckpoint): LogEnd => ({
  position,
  sequence: treeSize,
  recordedAt,
});
