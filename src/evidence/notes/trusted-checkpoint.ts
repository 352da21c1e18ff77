import { UnsoundEvidence } from '../unsound';
import { Checkpoint, parseCheckpoint } from './checkpoint';
import { Policy } from './policy';
import { NoteSignature, parseNote } from './signed-note';
import { signersOf } from './signatures';
import { VerifierKey } from './verifier-key';

export interface TrustedCheckpoint extends Checkpoint {
  /** The keys of the log that signed: two, if the log changes its key. */
  readonly signers: ReadonlySet<VerifierKey>;
  readonly cosigners: ReadonlySet<VerifierKey>;
}

/** Reads a checkpoint that the policy accepts. Throws `UnsoundEvidence` if it does not. */
export function trustedCheckpoint(note: string, policy: Policy): TrustedCheckpoint {
  const parsed = parseNote(note);
  const checkpoint = parseCheckpoint(parsed.text);
  const keys = policy.logs.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) throw new UnsoundEvidence(`The policy does not trust the log ${checkpoint.origin}`);
  const signers = signersOf(parsed, keys);
  if (signers.size === 0) {
    const ids = parsed.signatures.filter(({ keyName }) => keyName === checkpoint.origin).map(idOf);
    const found =
      ids.length === 0 ? 'there is no signature in its name' : `its signature has the key id ${ids.join(', ')}`;
    throw new UnsoundEvidence(`No trusted key of ${checkpoint.origin} has signed the checkpoint: ${found}`);
  }
  const cosigners = signersOf(parsed, policy.witnesses);
  if (!policy.isQuorum(cosigners)) {
    throw new UnsoundEvidence('The checkpoint has not been cosigned by as many witnesses as the policy demands');
  }
  return { ...checkpoint, signers, cosigners };
}

const idOf = ({ keyId }: NoteSignature): string => keyId.toString(16).padStart(8, '0');
