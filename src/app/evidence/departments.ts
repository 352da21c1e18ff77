import { upcaster } from '../../event-store/event-types';
import { importStream } from '../../event-store/ledger-imported';
import { StreamNames } from '../../event-store/streams';
import { DepartmentOf } from '../../evidence/followed-log';
import { CorruptLedger } from '../../kernel/outage';
import { features } from '../features';

/** No department has this code. */
const NO_DEPARTMENT = '';

/** The department of an entity by the first event of its stream, as the read models say it. No entity changes its department. */
export function departmentsOfEntities(streams: StreamNames): DepartmentOf {
  const byType = new Map(features.projections.map((projection) => [projection.entityType, projection]));
  const upcast = upcaster(features.eventTypes);
  const stream = importStream(streams.prefix);
  return (first) => {
    if (first.stream === stream) return NO_DEPARTMENT;
    const { entityType } = streams.entityOf(first.stream);
    const projection = byType.get(entityType);
    if (projection === undefined) throw new CorruptLedger(`No feature declares the entity type ${entityType}`);
    const event = upcast(first);
    return projection.project(projection.evolve(undefined, event), event).department;
  };
}
