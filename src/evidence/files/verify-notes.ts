import { HeadsNote, parseHeads } from '../heads/heads-note';
import { Policy } from '../notes/policy';
import { signersOf } from '../notes/signatures';
import { parseNote } from '../notes/signed-note';
import { TrustedCheckpoint, trustedCheckpoint } from '../notes/trusted-checkpoint';
import { UnsoundEvidence } from '../unsound';

export interface TrustedNotes {
  readonly checkpoint: TrustedCheckpoint;
  readonly heads: HeadsNote;
}

/** The two notes of one size of the tree. Throws `UnsoundEvidence` unless the policy trusts both. */
export function trustedNotes(note: string, headsNote: string, policy: Policy): TrustedNotes {
  const checkpoint = trustedCheckpoint(note, policy);
  const { origin, treeSize } = checkpoint;
  const parsed = parseNote(headsNote);
  const heads = parseHeads(parsed.text);
  if (heads.origin !== origin) {
    throw new UnsoundEvidence(`The checkpoint is of ${origin}, and the heads are of ${heads.origin}`);
  }
  if (heads.treeSize !== treeSize) {
    throw new UnsoundEvidence(`The checkpoint is of size ${treeSize}, and the heads are of size ${heads.treeSize}`);
  }
  const keys = policy.logs.filter(({ name }) => name === origin);
  if (signersOf(parsed, keys).size > 0) return { checkpoint, heads };
  throw new UnsoundEvidence(`No trusted key of ${origin} has signed the heads of the histories`);
}
