import { setTimeout as pause } from 'node:timers/promises';
import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { CorruptLedger, LogMismatch } from '../kernel/outage';
import { KeptCheckpoint } from './kept-checkpoint';
import { HASHER_IN_THIS_THREAD, LeafHasher } from './hashing/leaf-hasher';
import { leavesOfLog } from './leaves-of-log';
import { LogEnd, START } from './log-order';
import { LogTree } from './log-tree';
import { parseNote } from './notes/signed-note';
import { parseCheckpoint } from './notes/checkpoint';
import { Places } from './places/places';
import { EMPTY_EDGE, GrowingTree } from './tree/growing-tree';
import { Hash } from './tree/hashes';

type ReadLog = Pick<EventStore, 'readAll'>;

const WHAT_TO_DO =
  'Nothing is answered, recorded or signed. Restore the log. If that cannot be done, another LEDGER_ORIGIN with an empty folder `tree` in DATA_DIR begins a new history';

export interface Pace {
  /** By default in this thread. */
  readonly hasher?: LeafHasher;
  /** Ends the comparison early. */
  readonly signal?: AbortSignal;
  /** How long others have their turn. */
  readonly restMs?: number;
  readonly onProgress?: (events: bigint) => void;
}

/** Whether the events after `from` have the leaves of the tree, up to the checkpoint. */
export async function hasLeaves(
  log: ReadLog,
  tree: LogTree,
  from: LogEnd,
  { treeSize, position }: KeptCheckpoint,
  { hasher = HASHER_IN_THIS_THREAD }: Pick<Pace, 'hasher'> = {},
): Promise<boolean> {
  let end = from;
  for await (const batch of leavesOfLog(log, from, treeSize, hasher)) {
    for (const next of batch) {
      if (next.leaf === undefined || !tree.has({ level: 0, index: end.size }, next.leaf)) return false;
      ({ end } = next);
    }
    await pause(0);
  }
  return end.size === treeSize && end.position === position;
}

/** What is kept of the log, and compared with it. */
export interface KeptOfLog {
  readonly tree: LogTree;
  readonly places?: Places;
}

/**
 * Computes the tree of the whole log up to a checkpoint. Throws `LogMismatch`, which names the first event that differs, if the
 * log is not the one that was signed. Returns whether the stored tree and its places are right, too. They may be missing.
 */
export async function requireSigned(
  log: ReadLog,
  kept: KeptCheckpoint,
  stored: KeptOfLog | undefined,
  { hasher = HASHER_IN_THIS_THREAD, signal, restMs = 0, onProgress }: Pace = {},
): Promise<boolean> {
  let end = START;
  let different: LogEnd | undefined;
  let isStoredRight = stored !== undefined;
  const recomputed = new GrowingTree(EMPTY_EDGE, (subtree, hash) => {
    if (stored === undefined || stored.tree.has(subtree, hash)) return;
    isStoredRight = false;
    if (subtree.level === 0) different ??= end;
  });
  for await (const batch of leavesOfLog(log, START, kept.treeSize, hasher)) {
    for (const { event, leaf, end: next } of batch) {
      if (leaf === undefined) throw mismatch(`the event at position ${event.position} is malformed`, different);
      end = next;
      recomputed.append(leaf);
      isStoredRight &&= stored?.places === undefined || isAt(stored.places, event, end);
    }
    onProgress?.(end.size);
    await pause(restMs);
    if (signal?.aborted === true) return true;
  }
  if (end.size < kept.treeSize) {
    throw mismatch(
      `it ends at position ${end.position}, after ${end.size} of ${kept.treeSize} events that were signed`,
      different,
    );
  }
  if (!recomputed.rootHash.equals(rootOf(kept))) {
    throw mismatch(`its first ${kept.treeSize} events are not those that were signed`, different);
  }
  return isStoredRight;
}

function isAt(places: Places, { stream }: StoredEvent, { size, position, recordedAt }: LogEnd): boolean {
  const place = attempt(() => places.at(size - 1n));
  return place?.position === position && place.recordedAt === recordedAt && place.stream === stream;
}

export const rootOf = ({ note }: KeptCheckpoint): Hash => parseCheckpoint(parseNote(note).text).rootHash;

/** An event that was read is not the one that was signed. */
export const differentEvent = ({ position, size }: Omit<LogEnd, 'recordedAt'>): LogMismatch =>
  altered(`the event at position ${position}, number ${size}, is not the one that was signed`, size);

/** What differs from what was signed, without what to do. */
export const whatDiffers = ({ message }: LogMismatch): string => message.replace(` ${WHAT_TO_DO}`, '');

export function mismatch(what: string, different?: LogEnd): LogMismatch {
  const first =
    different && `. The first event that differs is number ${different.size}, at position ${different.position}`;
  return altered(`${what}${first ?? ''}`, different?.size);
}

const altered = (what: string, sequence?: bigint): LogMismatch =>
  new LogMismatch(`The log was altered: ${what}. ${WHAT_TO_DO}`, sequence);

/** undefined if what is stored is lost. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CorruptLedger) return undefined;
    throw error;
  }
}
