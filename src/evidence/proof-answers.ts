import { EventStore } from '../event-store/event-store';
import { badInput, ok, notFound, refused, Result } from '../kernel/refusal';
import { KeptCheckpoint } from './kept-checkpoint';
import { LogProofs } from './log-proofs';
import { Hash } from './tree/hashes';

export interface InclusionAnswer {
  readonly treeSize: bigint;
  readonly leafIndex: bigint;
  readonly hashes: readonly Hash[];
  /** Of that size, if it is kept. */
  readonly checkpoint: KeptCheckpoint | undefined;
}

export interface ConsistencyAnswer {
  readonly first: bigint;
  readonly second: bigint;
  readonly hashes: readonly Hash[];
}

export interface ProofRequest {
  readonly proofs: LogProofs;
  readonly log: Pick<EventStore, 'head'>;
  /** How long to wait for the tree. */
  readonly patience: { waitUntil(): number };
}

/** Refusals: BAD_USER_INPUT at `/treeSize`, AS_OF_IN_FUTURE. Throws `ReadModelBehind`. Without a size: that of the newest checkpoint. */
export async function proveInclusion(
  request: ProofRequest,
  leafIndex: bigint,
  asked: bigint | undefined,
): Promise<Result<InclusionAnswer>> {
  const { proofs } = request;
  if (asked !== undefined && asked <= leafIndex)
    return badInput('/treeSize', `must be larger than ${leafIndex}, the place of the leaf`);
  const reached = asked === undefined ? ok(await signedSizeWith(request, leafIndex)) : await provable(request, asked);
  if (!reached.ok) return reached;
  const treeSize = reached.value;
  const hashes = proofs.inclusion(leafIndex, treeSize);
  return ok({ treeSize, leafIndex, hashes, checkpoint: proofs.checkpointOf(treeSize) });
}

/** Refusals: BAD_USER_INPUT at `/first`, AS_OF_IN_FUTURE. Throws `ReadModelBehind`. */
export async function proveConsistency(
  request: ProofRequest,
  first: bigint,
  second: bigint,
): Promise<Result<ConsistencyAnswer>> {
  if (first > second) return badInput('/first', 'must not be larger than second');
  if (first === 0n && second > 0n) return badInput('/first', 'must not be 0: every tree begins with no leaves');
  const reached = await provable(request, second);
  if (!reached.ok) return reached;
  return ok({ first, second, hashes: request.proofs.consistency(first, second) });
}

/** The newest checkpoint, or that of a size. Refusals: NOT_FOUND. Throws `ReadModelBehind`. */
export async function findCheckpoint(
  { proofs, patience }: ProofRequest,
  treeSize: bigint | undefined,
): Promise<Result<KeptCheckpoint>> {
  if (treeSize === undefined) return ok(await proofs.waitFor(() => proofs.newest, patience.waitUntil()));
  const found = proofs.checkpointOf(treeSize);
  return found === undefined ? notFound(`No checkpoint of size ${treeSize} is kept`) : ok(found);
}

/** The size of the newest checkpoint, as soon as it has the leaf. */
function signedSizeWith({ proofs, patience }: ProofRequest, leafIndex: bigint): Promise<bigint> {
  return proofs.waitFor(() => {
    const { newest, size } = proofs;
    return newest !== undefined && newest.treeSize > leafIndex && newest.treeSize <= size ? newest.treeSize : undefined;
  }, patience.waitUntil());
}

/** The size itself, as soon as the tree has it. Refusals: AS_OF_IN_FUTURE if the log has fewer events. */
async function provable({ proofs, log, patience }: ProofRequest, treeSize: bigint): Promise<Result<bigint>> {
  if (treeSize <= proofs.size) return ok(treeSize);
  const head = await log.head();
  const isReached = await proofs.waitFor(() => {
    if (treeSize <= proofs.size) return true;
    return proofs.position !== undefined && proofs.position >= head ? treeSize <= proofs.size : undefined;
  }, patience.waitUntil());
  return isReached
    ? ok(treeSize)
    : refused({ kind: 'AS_OF_IN_FUTURE', message: `The ledger has fewer than ${treeSize} events` });
}
