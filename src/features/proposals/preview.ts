import { DryRunServices, partsOf, pendingScope } from '../../actions/dry-run';
import { ProposalDesk } from '../../actions/proposing';
import { difference, FieldChange } from '../../audit/difference';
import { Refusal, messageOf, unwrap } from '../../kernel/refusal';
import { longWork } from '../../kernel/turns';
import { lineageOf, Lineages } from '../../reading/lineage';

/** What a proposal would do to the entity of its command, or the rule that refuses it. */
export interface Preview {
  readonly fields: readonly FieldChange[];
  readonly rule?: string;
  readonly message?: string;
}

interface PreviewServices extends DryRunServices {
  readonly proposals: Pick<ProposalDesk, 'pending'>;
  readonly lineages: Lineages;
}

/** What would happen if the proposal were confirmed now, by a dry run; undefined if it is decided. */
export async function previewOf(services: PreviewServices, code: string): Promise<Preview | undefined> {
  await longWork.turn(services.work);
  const pending = await services.proposals.pending(code);
  if (pending === undefined) return undefined;
  if (!pending.ok) return refusedBy(pending.refusal);
  const { entity } = pending.value;
  const { scope, recorded } = unwrap(await pendingScope(services, partsOf(pending.value)));
  const lineage = lineageOf(services.lineages, entity.entityType);
  const before = await lineage.auditViewAt(scope.at(recorded), entity.code);
  const after = await lineage.auditViewAt(scope, entity.code);
  await longWork.turn(services.work);
  return { fields: difference(before, after) };
}

const refusedBy = (refusal: Refusal): Preview => ({
  fields: [],
  rule: refusal.kind === 'RULE_VIOLATION' ? refusal.rule : undefined,
  message: messageOf(refusal),
});
