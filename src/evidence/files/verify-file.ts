import { Checkpoint } from '../notes/checkpoint';
import { Policy } from '../notes/policy';
import { TrustedCheckpoint } from '../notes/trusted-checkpoint';
import { EvidenceFile } from './evidence-file';
import { momentsOf } from './question';
import { requireWhole } from './verify-heads';
import { History, shownEvents } from './verify-histories';
import { ShownMoment, shownMoment } from './verify-moments';
import { trustedNotes } from './verify-notes';
import { provenRoots, requireGrownFrom } from './verify-tree';

/** What a file proves, without its answer. */
export interface ProvenFile {
  readonly checkpoint: TrustedCheckpoint;
  readonly histories: readonly History[];
  readonly moments: readonly ShownMoment[];
}

/**
 * Throws `UnsoundEvidence`, which names the first thing that is wrong. `kept` is a checkpoint that somebody kept: the log of the file has
 * to begin with the same events.
 */
export function provenFile(file: EvidenceFile, policy: Policy, kept?: Checkpoint): ProvenFile {
  const { checkpoint, heads } = trustedNotes(file.checkpoint, file.headsNote, policy);
  const { histories, all } = shownEvents(file);
  requireWhole(heads.rootHash, file, histories);
  const roots = provenRoots(checkpoint, file, all);
  if (kept !== undefined) requireGrownFrom(kept, checkpoint, roots);
  const moments = momentsOf(file.question).map((asked) => shownMoment(asked, all, file.streamPrefix));
  return { checkpoint, histories, moments };
}
