import { effectiveAtOf } from '../../event-store/envelope';
import { formatInstant } from '../../kernel/time';
import { Change } from '../../read-model/change';

export type ExportedChange = ReturnType<typeof exportedChange>;

/** The fields of a change as GraphQL answers them; `id` is the eventId. */
export function exportedChange({ event, entity, department, fiscalYear, recordedAt, sequence }: Change) {
  const { actor, reason, documentNo, evidence = [], $correlationId, $causationId } = event.metadata;
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
    data: event.data,
  };
}
