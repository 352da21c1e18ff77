import { UnsoundEvidence } from '../unsound';
import { Checkpoint, parseCheckpoint } from './checkpoint';
import { Policy } from './policy';
import { signersOf } from './signatures';
import { parseNote } from './signed-note';

/** A checkpoint that somebody kept. A key of the log has to have signed it; witnesses do not have to. */
export function keptCheckpoint(note: string, policy: Policy): Checkpoint {
  const parsed = parseNote(note);
  const checkpoint = parseCheckpoint(parsed.text);
  const keys = policy.logs.filter(({ name }) => name === checkpoint.origin);
  if (signersOf(parsed, keys).size > 0) return checkpoint;
  throw new UnsoundEvidence(`No trusted key of ${checkpoint.origin} has signed the checkpoint that was kept`);
}
