import { HomeOf } from '../command-handling/stream-records';
import { CorruptLedger } from '../kernel/outage';
import { Projection } from '../projector/projection';
import { departmentIn, LedgerHomes } from '../reading/departments/homes';

/** The department of an entity, as the read models will say it. */
export function homeOfEntities(projections: readonly Projection[], homes: LedgerHomes): HomeOf {
  const byType = new Map(projections.map((projection) => [projection.entityType, projection]));
  return ({ entityType, code }, first) => {
    const home = homes.ofKind(entityType);
    if (home === 'LEDGER') return undefined;
    if (home === 'CODE') return departmentIn(code);
    const projection = byType.get(entityType);
    if (projection === undefined) throw new CorruptLedger(`No feature declares the entity type ${entityType}`);
    return projection.project(projection.evolve(undefined, first), first).department;
  };
}
