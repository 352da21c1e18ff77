import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';
import { readHash, readNumber } from './fields';

/** The tree of one log at one size (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** The name of the log. */
  readonly origin: string;
  readonly treeSize: bigint;
  readonly rootHash: Hash;
}

/** The text of the note. It has no extension lines: nothing would prove what they say. */
export const checkpointText = ({ origin, treeSize, rootHash }: Checkpoint): string =>
  `${origin}\n${treeSize}\n${rootHash.toString('base64')}\n`;

/** Extension lines of other logs are ignored. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const isWhole = lines.pop() === '' && lines.length >= 3 && !lines.includes('');
  if (!isWhole) throw new UnsoundEvidence('The note is not a checkpoint');
  const [origin = '', treeSize = '', rootHash = ''] = lines;
  return {
    origin,
    treeSize: readNumber(treeSize, 'The size of the checkpoint'),
    rootHash: readHash(rootHash, 'The root of the checkpoint'),
  };
}
