import { entryOf } from '../evidence/event-form';
import { readCanonicalFile } from '../evidence/files/canonical-file';
import { Policy } from '../evidence/notes/policy';
import { parseTlogProof, verifyTlogProof } from '../evidence/notes/tlog-proof';
import { TrustedCheckpoint } from '../evidence/notes/trusted-checkpoint';
import { leafHash } from '../evidence/tree/hashes';
import { UnsoundEvidence } from '../evidence/unsound';

export interface CheckedProof {
  readonly checkpoint: TrustedCheckpoint;
  /** The form of the event, as it is in the file. */
  readonly form: string;
}

/** Checks a .tlog-proof whose extra data is the form of its event. */
export function checkedProof(text: string, policy: Policy): CheckedProof {
  const proof = parseTlogProof(text);
  if (proof.extra === undefined) throw new UnsoundEvidence('The proof does not have its event as extra data');
  readCanonicalFile(proof.extra);
  const checkpoint = verifyTlogProof(proof, leafHash(entryOf(proof.extra.toString())), policy);
  return { checkpoint, form: proof.extra.toString() };
}
