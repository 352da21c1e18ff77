import { LedgerServices } from '../../graphql/context';
import { EvidenceSource } from '../../proving/evidence-maker';
import { signedSizesOf } from '../../proving/signed-sizes';
import { software } from './software';

/** What evidence is made from; undefined if this process has no tree of the log. */
export const evidenceSource = ({ proofs, storedLog, streams }: LedgerServices): EvidenceSource | undefined =>
  proofs && { log: storedLog, streams, signed: signedSizesOf(proofs), software: software() };
