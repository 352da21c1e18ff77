import { readHash, readNumber } from '../notes/fields';
import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';

/** The second note of a checkpoint: the root of the heads at the same size of the tree. */
export interface HeadsNote {
  readonly origin: string;
  readonly treeSize: bigint;
  readonly rootHash: Hash;
}

/** No checkpoint has this text: its second line would be a number. So a signature of one cannot pass for one of the other. */
const TITLE = 'mingjian heads v1';

export const headsText = ({ origin, treeSize, rootHash }: HeadsNote): string =>
  `${TITLE}\n${origin}\n${treeSize}\n${rootHash.toString('base64')}\n`;

export function parseHeads(text: string): HeadsNote {
  const lines = text.split('\n');
  const isWhole = lines.length === 5 && lines[0] === TITLE && lines[1] !== '' && lines[4] === '';
  if (!isWhole) throw new UnsoundEvidence('The note does not sign the heads of a ledger');
  const [, origin = '', treeSize = '', rootHash = ''] = lines;
  return {
    origin,
    treeSize: readNumber(treeSize, 'The size in the note of the heads'),
    rootHash: readHash(rootHash, 'The root of the heads'),
  };
}
