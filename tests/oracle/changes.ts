import { LoggedEvent } from './log';
import { printed } from './time';

/** The fields of a change that the tests ask for. */
export const CHANGE_FIELDS = `
  eventId position sequence type entityType entity department fiscalYear revision
  recordedAt storedAt effectiveAt actor { sub name } reason documentNo`;

export function changeOf(event: LoggedEvent, ofLedger: readonly LoggedEvent[]) {
  const { department, fiscalYear } = belonging(event, ofLedger);
  const { metadata } = event;
  return {
    eventId: event.id,
    position: event.position.toString(),
    sequence: event.sequence.toString(),
    type: event.type,
    entityType: event.category.toUpperCase(),
    entity: event.code,
    department,
    fiscalYear,
    revision: Number(event.revision) + 1,
    recordedAt: printed(event.recordedAt),
    storedAt: printed(event.storedAt),
    effectiveAt: printed(event.effectiveAt),
    actor: { sub: metadata.actor.sub, name: metadata.actor.name ?? null },
    reason: metadata.reason ?? null,
    documentNo: metadata.documentNo ?? null,
  };
}

/** A department belongs to itself. For other entities, the first event names the department. */
export function belonging(event: LoggedEvent, ofLedger: readonly LoggedEvent[]) {
  if (event.category === 'department') return { department: event.code, fiscalYear: null };
  const first = ofLedger.find(({ stream, revision }) => stream === event.stream && revision === 0n);
  const { department, fiscalYear } = first?.data as { department: string; fiscalYear: number };
  return { department, fiscalYear };
}

export const placeOf = ({ id, position }: LoggedEvent) => ({ eventId: id, position: position.toString() });

export const RECORDED_FIELDS = `
  revision lastChange { eventId position } history(first: 200) { nodes { eventId position } }`;

/**
 * "revision, lastChange and history follow the record, whatever is in force."
 * `entity`: the events of one entity that are known.
 */
export function recordedOf(entity: readonly LoggedEvent[]) {
  const history = entity.map(placeOf);
  return { revision: history.length, lastChange: history.at(-1), history: { nodes: history } };
}
