import { StoredEvent } from '../event-store/envelope';
import { EntityName } from '../kernel/codes';
import { Change, LogPoint } from '../read-model/change';
import { DocumentKey, ProjectedChange } from '../read-model/temporal-store';
import { Projection } from './projection';

export interface NextEvent<State> {
  readonly projection: Projection<State>;
  readonly entity: EntityName;
  /** The key of the entity's own document. */
  readonly key: DocumentKey;
  /** The entity's record with the event. */
  readonly record: State;
  readonly event: StoredEvent;
  /** The log point before the event. */
  readonly before: LogPoint;
}

/** What the next event of the log changes in the read models. */
export function projectedChange<State>({
  projection,
  entity,
  key,
  record,
  event,
  before,
}: NextEvent<State>): ProjectedChange {
  const { department, fiscalYear, state, otherDocuments = [], members = [] } = projection.project(record, event);
  const change: Change = {
    event,
    entity,
    department,
    fiscalYear,
    sequence: before.sequence + 1n,
    recordedAt: Math.max(before.recordedAt, event.storedAt),
  };
  const own = { key, revision: Number(event.revision) + 1, state, carriesChange: true };
  return { change, documents: [own, ...otherDocuments], members };
}
