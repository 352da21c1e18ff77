import { LogProofs } from '../../evidence/log-proofs';
import { ProofRequest } from '../../evidence/proof-answers';
import { parsed } from '../../input/fields';
import { Field } from '../../input/field';
import { parsePosition } from '../../kernel/position';
import { RequestContext } from '../context';

/** The size of a tree, as an argument. */
export const treeSize = (description: string): Field<bigint> =>
  parsed('STRING', description, 'must be the size of a tree: a decimal number below 2^64', parsePosition);

export const NOT_SIGNED =
  'Null if this server has no tree of the log: it is not configured to sign it, or has no part in that.';

/** Proofs for one request; undefined if this process has none. */
export function proofRequest({
  services,
}: RequestContext): (ProofRequest & { readonly proofs: LogProofs }) | undefined {
  const { proofs, log, patience = services.reader.newPatience() } = services;
  return proofs && { proofs, log, patience };
}
