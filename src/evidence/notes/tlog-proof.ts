import { Hash } from '../tree/hashes';
import { isIncluded } from '../tree/verify-inclusion';
import { UnsoundEvidence } from '../unsound';
import { readBase64, readHash, readNumber } from './fields';
import { Policy } from './policy';
import { TrustedCheckpoint, trustedCheckpoint } from './trusted-checkpoint';

/** A file that proves one leaf without a server (C2SP tlog-proof). */
export interface TlogProof {
  /** Not proven by anything. */
  readonly extra?: Buffer;
  readonly leafIndex: bigint;
  readonly hashes: readonly Hash[];
  /** The signed note. */
  readonly checkpoint: string;
}

const HEADER = 'c2sp.org/tlog-proof@v1';

export function printTlogProof({ extra, leafIndex, hashes, checkpoint }: TlogProof): string {
  const extraLine = extra === undefined ? [] : [`extra ${extra.toString('base64')}`];
  const lines = [HEADER, ...extraLine, `index ${leafIndex}`, ...hashes.map((hash) => hash.toString('base64'))];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(0, end)).split('\n');
  if (header !== HEADER) throw new UnsoundEvidence('This is not a .tlog-proof file');
  const extra = lines[0]?.startsWith('extra ') === true ? lines.shift()?.slice('extra '.length) : undefined;
  const [, index] = /^index (.*)$/.exec(lines.shift() ?? '') ?? [];
  if (index === undefined) throw new UnsoundEvidence('The proof does not say which leaf it is of');
  return {
    ...(extra === undefined ? {} : { extra: readBase64(extra, 'The extra data of the proof') }),
    leafIndex: readNumber(index, 'The index of the proof'),
    hashes: lines.map((line) => readHash(line, 'A line of the proof')),
    checkpoint: text.slice(end + 2),
  };
}

/** Throws `UnsoundEvidence` unless the proof shows that the leaf is in a tree that the policy trusts. */
export function verifyTlogProof(proof: TlogProof, leafHash: Hash, policy: Policy): TrustedCheckpoint {
  const checkpoint = trustedCheckpoint(proof.checkpoint, policy);
  const { treeSize, rootHash } = checkpoint;
  const { leafIndex, hashes } = proof;
  if (!isIncluded({ leafHash, leafIndex, treeSize, rootHash, proof: hashes })) {
    throw new UnsoundEvidence(`Leaf ${leafIndex} of the tree of size ${treeSize} is not this event`);
  }
  return checkpoint;
}

export const isTlogProof = (file: Buffer): boolean => file.subarray(0, HEADER.length + 1).toString() === `${HEADER}\n`;
