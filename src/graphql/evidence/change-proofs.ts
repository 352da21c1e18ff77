import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { proveInclusion } from '../../evidence/proof-answers';
import { recordedLeaf } from '../../evidence/recorded-leaf';
import { optional } from '../../input/fields';
import { parsePosition } from '../../kernel/position';
import { unwrap } from '../../kernel/refusal';
import { longWork } from '../../kernel/turns';
import { ChangeType } from '../change';
import { RequestContext } from '../context';
import { Arguments, ArgumentsOf, fieldArguments } from '../field-arguments';
import { LooksBeyond, LooksBeyondIf } from '../lasting/looks-beyond';
import { NOT_SIGNED, proofRequest, treeSize } from './proof-request';
import { InclusionProofType } from './proofs';

const InclusionArguments = fieldArguments({
  treeSize: optional(
    treeSize(
      '树的大小。The size of the tree. Left out: that of the newest checkpoint, which has the leaf after a short wait; else READ_MODEL_BEHIND. Not larger than the place of the leaf: BAD_USER_INPUT; larger than the ledger: AS_OF_IN_FUTURE.',
    ),
  ),
});

/** A tree with no leaves beyond the snapshot has the same proofs for ever. */
const hasLaterLeaves: LooksBeyondIf = ({ treeSize: sent }, events) => {
  const size = typeof sent === 'string' ? parsePosition(sent) : undefined;
  return size === undefined || size > events;
};

/** The change as a leaf of the tree of the log. */
@Resolver(() => ChangeType)
export class ChangeProofs {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      '叶子哈希。SHA-256(0x00 || entry) of RFC 9162, 2.1.1, in base64; docs/protocol/evidence.md says what the entry is. Null in a dry run. It needs no signing key.',
  })
  async leafHash(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Promise<string | undefined> {
    if (parent.dryRun) return undefined;
    const { event, sequence, recordedAt } = parent.change;
    const { id, stream, revision } = event;
    await longWork.turn(services.work);
    const leaf = recordedLeaf(services.proofs, services.leafIndices, services.storedLog, {
      id,
      stream,
      revision,
      sequence,
      recordedAt,
    });
    return (await (services.patience?.bound(leaf) ?? leaf)).toString('base64');
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      '叶子序号。Its place in the tree, from 0: sequence - 1, or sequence if the ledger was imported from another engine. Null in a dry run.',
  })
  async leafIndex(
    @Root() { change, dryRun }: ChangeType,
    @Ctx() { services }: RequestContext,
  ): Promise<string | undefined> {
    if (dryRun) return undefined;
    const index = services.leafIndices.of(change.sequence);
    return String(await (services.patience?.bound(index) ?? index));
  }

  @FieldResolver(() => InclusionProofType, {
    nullable: true,
    description: `包含证明。The audit path from the leaf to the root of the tree of that size. Null in an item of the feed and in a dry run. ${NOT_SIGNED}`,
  })
  @LooksBeyond(hasLaterLeaves)
  async inclusionProof(
    @Root() { change, readAt, dryRun }: ChangeType,
    @Arguments(InclusionArguments) args: ArgumentsOf<typeof InclusionArguments>,
    @Ctx() context: RequestContext,
  ): Promise<InclusionProofType | undefined> {
    const request = proofRequest(context);
    if (request === undefined || dryRun || readAt === 'FEED') return undefined;
    context.services.reads?.proof({ position: readAt.position }, change);
    await longWork.turn(context.work);
    const leafIndex = await context.services.leafIndices.of(change.sequence);
    return new InclusionProofType(unwrap(await proveInclusion(request, leafIndex, args.treeSize)));
  }
}
