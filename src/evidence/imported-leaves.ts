import { StoredEvent } from '../event-store/envelope';
import { LedgerImported } from '../event-store/ledger-imported';
import { NoCanonicalForm } from './canonical-form';
import { eventLeafHash, leafOfForm } from './event-form';
import { EMPTY_EDGE, GrowingTree } from './tree/growing-tree';
import { Hash } from './tree/hashes';

/**
 * Whether imported events are those of the old tree: each has the leaf hash that it carries, and together they give the old root. Returns
 * what differs first; undefined if nothing does.
 */
export async function verifyImportedLeaves(
  /** As they were in the old log, from the first one on. What was recorded after the import is not looked at. */
  imported: AsyncIterable<StoredEvent>,
  { events, treeSize, rootHash, first }: LedgerImported,
  onProgress: (events: bigint) => void,
): Promise<string | undefined> {
  const tree = new GrowingTree(EMPTY_EDGE, () => undefined);
  if (first !== undefined) tree.append(leafOfForm(first));
  let recordedAt = 0;
  let count = 0n;
  for await (const event of imported) {
    if (count === BigInt(events)) break;
    count += 1n;
    recordedAt = Math.max(recordedAt, event.storedAt);
    const leaf = leafOf(event, { sequence: count, recordedAt });
    if (leaf === undefined || leaf.toString('base64') !== event.inImportedLog?.leafHash) {
      return `event ${count}, at position ${event.position}, is not the one that its leaf hash is of`;
    }
    tree.append(leaf);
    onProgress(count);
  }
  if (count !== BigInt(events)) return `${count} of ${events} events are there`;
  if (String(tree.size) === treeSize && tree.rootHash.toString('base64') === rootHash) return undefined;
  return 'the events do not give the root of the old tree';
}

function leafOf(event: StoredEvent, order: Parameters<typeof eventLeafHash>[1]): Hash | undefined {
  try {
    return eventLeafHash(event, order);
  } catch (error) {
    if (error instanceof NoCanonicalForm || error instanceof RangeError) return undefined;
    throw error;
  }
}
