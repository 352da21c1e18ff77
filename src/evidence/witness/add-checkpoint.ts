import { readHash, readNumber } from '../notes/fields';
import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';

/** Asks a witness to cosign a checkpoint (C2SP tlog-witness, add-checkpoint). */
export interface AddCheckpoint {
  /** The size of the checkpoint that the witness has cosigned last; 0 if there is none. */
  readonly oldSize: bigint;
  /** From the tree of that size to that of the checkpoint. */
  readonly proof: readonly Hash[];
  /** The signed note. */
  readonly checkpoint: string;
}

/** C2SP tlog-witness allows no more lines: no tree of 2^64 leaves needs them. */
const MOST_HASHES = 63;

export const printAddCheckpoint = ({ oldSize, proof, checkpoint }: AddCheckpoint): string =>
  [`old ${oldSize}`, ...proof.map((hash) => hash.toString('base64')), '', checkpoint].join('\n');

export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(0, end)).split('\n');
  const [, old] = /^old (.*)$/.exec(first) ?? [];
  if (old === undefined) throw new UnsoundEvidence('The request does not say the old size');
  if (lines.length > MOST_HASHES) throw new UnsoundEvidence(`The proof has more than ${MOST_HASHES} hashes`);
  return {
    oldSize: readNumber(old, 'The old size'),
    proof: lines.map((line) => readHash(line, 'A line of the proof')),
    checkpoint: body.slice(end + 2),
  };
}
