import { LogProofs } from '../evidence/log-proofs';
import { SignedLog } from './signed-log';

/** At most this many sizes of earlier checkpoints are shown, the newest. */
const SHOWN_SIZES = 100;

/** The signed sizes of the log that this process keeps the tree of. */
export const signedSizesOf = (proofs: LogProofs): SignedLog => ({
  async covering(position, deadline) {
    const isSigned = () => {
      const { newest, size } = proofs;
      return newest !== undefined && newest.position >= position && newest.treeSize <= size ? newest : undefined;
    };
    const { treeSize, position: end, note, headsNote } = await proofs.waitFor(isSigned, deadline);
    const heads = await proofs.headsOf(treeSize);
    return {
      treeSize,
      position: end,
      checkpoint: note,
      headsNote,
      earlierSizes: proofs.sizesBefore(treeSize, SHOWN_SIZES),
      hashOf: (range) => proofs.hashOf(range),
      headProof: (department, stream) => heads.prove(department, stream),
      headsOf: (department) => heads.entitiesOf(department),
    };
  },
});
