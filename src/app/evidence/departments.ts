import { upcaster } from '../../event-store/event-types';
import { StreamNames } from '../../event-store/streams';
import { DepartmentOf } from '../../evidence/followed-log';
import { CorruptLedger } from '../../kernel/outage';
import { features } from '../features';

/** The department of an entity by the first event of its stream, as the read models say it. No entity changes its department. */
export function departmentsOfEntities(streams: StreamNames): DepartmentOf {
  const byType = new Map(features.projections.map((projection) => [projection.entityType, projection]));
  const upcast = upcaster(features.eventTypes);
  return (first) => {
    const { entityType } = streams.entityOf(first.stream);
    const projection = byType.get(entityType);
    if (projection === undefined) throw new CorruptLedger(`No feature declares the entity type ${entityType}`);
    const event = upcast(first);
    return projection.project(projection.evolve(undefined, event), event).department;
  };
}
