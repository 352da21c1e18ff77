import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { findCheckpoint, proveConsistency } from '../../evidence/proof-answers';
import { optional } from '../../input/fields';
import { unwrap } from '../../kernel/refusal';
import { longWork } from '../../kernel/turns';
import { RequestContext } from '../context';
import { Arguments, ArgumentsOf, fieldArguments } from '../field-arguments';
import { LooksBeyond } from '../lasting/looks-beyond';
import { LedgerType } from '../ledger';
import { SnapshotType } from '../snapshot';
import { checkpointOf, CheckpointType } from './checkpoint';
import { NOT_SIGNED, proofRequest, treeSize } from './proof-request';
import { ConsistencyProofType } from './proofs';

const CheckpointArguments = fieldArguments({
  treeSize: optional(treeSize('树的大小。Left out: the newest checkpoint. Else the checkpoint of that size.')),
});

const ConsistencyArguments = fieldArguments({
  first: treeSize('较小的树。The size of the smaller tree, from 1.'),
  second: treeSize('较大的树。The size of the larger tree; larger than the ledger: AS_OF_IN_FUTURE.'),
});

/** What signs and proves the whole ledger. */
@Resolver(() => LedgerType)
export class LedgerProofs {
  @FieldResolver(() => CheckpointType, {
    nullable: true,
    description: `检查点。The newest checkpoint, or the one of another size; if none of that size is kept: NOT_FOUND. The empty ledger has one of size 0. ${NOT_SIGNED}`,
  })
  async checkpoint(
    @Arguments(CheckpointArguments) args: ArgumentsOf<typeof CheckpointArguments>,
    @Ctx() context: RequestContext,
  ): Promise<CheckpointType | undefined> {
    const request = proofRequest(context);
    return request && checkpointOf(unwrap(await findCheckpoint(request, args.treeSize)));
  }

  @FieldResolver(() => ConsistencyProofType, {
    nullable: true,
    description: `一致性证明。Proves that the tree of the second size begins with the tree of the first. A first size of 0, or above the second: BAD_USER_INPUT. ${NOT_SIGNED}`,
  })
  async consistencyProof(
    @Arguments(ConsistencyArguments) { first, second }: ArgumentsOf<typeof ConsistencyArguments>,
    @Ctx() context: RequestContext,
  ): Promise<ConsistencyProofType | undefined> {
    const request = proofRequest(context);
    if (request === undefined) return undefined;
    context.services.reads?.begin('proof', { position: request.proofs.position ?? 0n });
    await longWork.turn(context.work);
    return new ConsistencyProofType(unwrap(await proveConsistency(request, first, second)));
  }

  @FieldResolver(() => [String], {
    description:
      '验证密钥。The keys that verify checkpoints, as verifier keys (C2SP signed-note): name+hash+key. While a key is changed there are two, the newest first. Empty if this server has no tree of the log.',
  })
  verifierKeys(@Ctx() { services }: RequestContext): readonly string[] {
    return services.proofs?.verifierKeys ?? [];
  }
}

@Resolver(() => SnapshotType)
export class SnapshotCheckpoint {
  @FieldResolver(() => CheckpointType, {
    nullable: true,
    description: `检查点。The oldest checkpoint that is kept whose tree has the snapshot; null while none has. ${NOT_SIGNED}`,
  })
  @LooksBeyond()
  async checkpoint(
    @Root() { scope }: SnapshotType,
    @Ctx() { services: { proofs, leafIndices } }: RequestContext,
  ): Promise<CheckpointType | undefined> {
    if (proofs === undefined) return undefined;
    const { sequence } = await scope.services.store.pointAt({ position: scope.position });
    return checkpointOf(proofs.checkpointWith(await leafIndices.of(sequence)));
  }
}
