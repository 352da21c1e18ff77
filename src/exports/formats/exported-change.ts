import { FieldChange } from '../../audit/difference';
import { effectiveAtOf } from '../../event-store/envelope';
import { formatInstant } from '../../kernel/time';
import { Change, shownData } from '../../read-model/change';
import { correctedIdOf, reversedIdOf } from '../../reading/change-lineage';
import { Lineages } from '../../reading/lineage';

/** A change, and where it comes from. */
export interface ExportedChange {
  /** `/` and the prefix of the ledger's streams, which tells the ledgers of one event store apart. */
  readonly source: string;
  readonly data: ChangeData;
}

export type ChangeData = ReturnType<typeof dataOf>;

export const exportedChange = (
  lineages: Lineages,
  change: Change,
  fields?: readonly FieldChange[],
): ExportedChange => ({ source: sourceOf(change), data: dataOf(lineages, change, fields) });

const sourceOf = ({ event: { stream } }: Change): string => `/${stream.slice(0, stream.indexOf('-'))}`;

/** The fields of a change as GraphQL answers them. `id`, `corrects` and `reverses` are eventIds, `proposal` is the code of the proposal. */
function dataOf(lineages: Lineages, change: Change, fields: readonly FieldChange[] | undefined) {
  const { event, entity, department, fiscalYear, recordedAt, sequence } = change;
  const {
    actor,
    reason,
    documentNo,
    evidence = [],
    $correlationId,
    $causationId,
    confirmedBy,
    proposal,
  } = event.metadata;
  return {
    id: event.id,
    position: event.position.toString(),
    sequence: sequence.toString(),
    type: event.type,
    entityType: entity.entityType,
    entity: entity.code,
    department,
    fiscalYear: fiscalYear ?? null,
    revision: Number(event.revision) + 1,
    recordedAt: formatInstant(recordedAt),
    storedAt: formatInstant(event.storedAt),
    effectiveAt: formatInstant(effectiveAtOf(event)),
    actor: { sub: actor.sub, name: actor.name ?? null },
    reason: reason ?? null,
    documentNo: documentNo ?? null,
    evidence: evidence.map(({ uri, sha256 = null, title = null }) => ({ uri, sha256, title })),
    correlationId: $correlationId ?? null,
    causationId: $causationId ?? null,
    corrects: correctedIdOf(event) ?? null,
    reverses: reversedIdOf(lineages, change) ?? null,
    confirmedBy: confirmedBy === undefined ? null : { sub: confirmedBy.sub, name: confirmedBy.name ?? null },
    proposal: proposal ?? null,
    ...(fields && { fields }),
    data: shownData(change),
  };
}
