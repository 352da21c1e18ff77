import { Checkpoint } from '../notes/checkpoint';
import { UnsoundEvidence } from '../unsound';
import { EvidenceFile } from './evidence-file';
import { eventName } from './names';
import { OutlinedRoots, outlinedRoots } from './tree-outline';
import { ShownEvent } from './verify-histories';

/** Throws `UnsoundEvidence` unless the events are at their places in the signed tree. Returns the roots that the proof shows. */
export function provenRoots(
  { treeSize, rootHash }: Checkpoint,
  { tree, streamPrefix }: Pick<EvidenceFile, 'tree' | 'streamPrefix'>,
  events: readonly ShownEvent[],
): OutlinedRoots {
  const { earlier, hashes, imported = false } = tree;
  const indexOf = ({ order: { sequence } }: ShownEvent): bigint => (imported ? sequence : sequence - 1n);
  const earlierSizes = earlier.map((each) => each.treeSize);
  const last = events.at(-1);
  if (last !== undefined && indexOf(last) >= treeSize) {
    throw new UnsoundEvidence(`The tree has ${treeSize} events; ${eventName(last, streamPrefix)} is not one of them`);
  }
  const isAscending = earlierSizes.every((size, at) => size > (earlierSizes[at - 1] ?? 0n) && size < treeSize);
  if (!isAscending) throw new UnsoundEvidence('The earlier sizes of the tree are not in ascending order');
  const leaves = new Map(events.map((event) => [indexOf(event), event.leaf]));
  const roots = outlinedRoots(
    { treeSize, leaves: [...leaves.keys()], earlierSizes },
    (index) => leaves.get(index) as Buffer,
    hashes,
  );
  if (!roots.rootHash.equals(rootHash)) {
    throw new UnsoundEvidence(
      'The events lead to another tree than the one that was signed: an event and its leaf hash, its place, or a hash of the proof was altered',
    );
  }
  const wrong = earlier.find((each) => roots.earlier.get(each.treeSize)?.equals(each.rootHash) !== true);
  if (wrong === undefined) return roots;
  throw new UnsoundEvidence(`The tree did not have the root that the file names when it had ${wrong.treeSize} events`);
}

/** Throws `UnsoundEvidence` unless the tree of the file begins with the tree of a checkpoint that somebody kept. */
export function requireGrownFrom(
  kept: Checkpoint,
  { origin, treeSize, rootHash }: Checkpoint,
  roots: OutlinedRoots,
): void {
  if (kept.origin !== origin) {
    throw new UnsoundEvidence(`The checkpoint that was kept is of ${kept.origin}, and the file is of ${origin}`);
  }
  if (kept.treeSize === 0n) return;
  if (kept.treeSize > treeSize) {
    throw new UnsoundEvidence(
      `The checkpoint that was kept has ${kept.treeSize} events, and the file only ${treeSize}: the end of the log was cut off, or the file is older`,
    );
  }
  const root = kept.treeSize === treeSize ? rootHash : roots.earlier.get(kept.treeSize);
  if (root === undefined) {
    throw new UnsoundEvidence(
      `The file does not show how the log grew from the ${kept.treeSize} events of the checkpoint that was kept. Make it with that checkpoint (mingjian evidence --kept); if the server refuses, the log was rewritten`,
    );
  }
  if (root.equals(kept.rootHash)) return;
  throw new UnsoundEvidence(
    `The log was rewritten: its first ${kept.treeSize} events are not those of the checkpoint that was kept`,
  );
}
