import { EventStore } from '../../event-store/event-store';
import { CheckpointFile } from '../../evidence/adapters/checkpoint-file';
import { PlaceFile } from '../../evidence/adapters/place-file';
import { TileFiles } from '../../evidence/adapters/tile-files';
import { checkedLog } from '../../evidence/checked-log';
import { rootOf } from '../../evidence/compare-log';
import { HASHER_IN_THIS_THREAD } from '../../evidence/hashing/leaf-hasher';
import { KeptCheckpoint } from '../../evidence/kept-checkpoint';
import { LeafCheck, ProvableLog } from '../../evidence/leaf-check';
import { LogTree } from '../../evidence/log-tree';
import { Config } from '../config';
import { checkpointFile, treeFolder } from './files';

/**
 * The log for a command beside the server. If DATA_DIR has a signed tree of it, each event is compared with its leaf. A command does not
 * change the tree.
 */
export function checkedByStoredTree(log: EventStore, config: Pick<Config, 'dataDir'>): EventStore {
  const stored = storedCheck(config);
  return stored === undefined ? log : checkedLog(log, stored.check);
}

export interface StoredCheck {
  readonly check: LeafCheck;
  /** What is compared: these events, up to this position. */
  readonly signed: Pick<KeptCheckpoint, 'treeSize' | 'position'>;
}

/** The check by the signed tree in DATA_DIR; undefined if there is none. */
export function storedCheck(config: Pick<Config, 'dataDir'>): StoredCheck | undefined {
  const { newest } = CheckpointFile.read(checkpointFile(config));
  const followed = newest && storedLog(config, newest);
  if (newest === undefined || followed === undefined) return undefined;
  const check = new LeafCheck({
    followed: () => Promise.resolve(followed),
    hasher: HASHER_IN_THIS_THREAD,
    onDifference: () => undefined,
  });
  return { check, signed: newest };
}

/** undefined if it is not whole: a server computes it again. */
function storedLog(config: Pick<Config, 'dataDir'>, newest: KeptCheckpoint): ProvableLog | undefined {
  const { treeSize } = newest;
  const folder = treeFolder(config);
  const places = PlaceFile.read(folder);
  const tree = LogTree.open(new TileFiles(folder), treeSize);
  if (tree?.rootHash.equals(rootOf(newest)) !== true || places.size < treeSize) return undefined;
  return { tree, places, provable: treeSize };
}
