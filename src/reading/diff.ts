import { AuditView } from '../audit/audit-view';
import { difference, FieldChange } from '../audit/difference';
import { effectsThatDiffer } from '../audit/effect';
import { ChangeFilter, isAboutChanges, matches, matchesEntity } from '../change-feed/filter';
import { EntityName } from '../kernel/codes';
import { Change } from '../read-model/change';
import { candidates, Moments } from './diff-candidates';
import { changesUpTo } from './entity-changes';
import { lineageOf } from './lineage';
import { Scope } from './scope';
import { ReadingServices } from './services';
import { longWork } from '../kernel/turns';

type DiffServices = Pick<ReadingServices, 'store' | 'lineages' | 'calendar' | 'work'>;

/** How one entity differs between two moments. */
export class EntityDiff {
  private found: Promise<readonly Change[]> | undefined;

  constructor(
    private readonly services: DiffServices,
    readonly entity: EntityName,
    readonly moments: Moments,
    /** The changes of fields from the first moment to the second. */
    readonly fields: readonly FieldChange[],
  ) {}

  /** The changes whose effect differs between the moments. They are searched on the first call, and kept. */
  changes(): Promise<readonly Change[]> {
    return (this.found ??= changesThatDiffer(this.services, this.entity, this.moments));
  }
}

/** What differs between two moments, ordered by type and code of the entity, after a given one. */
export async function* diffsBetween(
  services: DiffServices,
  moments: Moments,
  filter: ChangeFilter,
  after: EntityName | undefined,
): AsyncIterable<EntityDiff> {
  for await (const entity of candidates(services, moments, filter, after)) {
    const found = await diffOf(services, entity, moments, filter);
    if (found !== undefined) yield found;
    await longWork.turn(services.work);
  }
}

async function diffOf(
  services: DiffServices,
  entity: EntityName,
  moments: Moments,
  filter: ChangeFilter,
): Promise<EntityDiff | undefined> {
  const lineage = lineageOf(services.lineages, entity.entityType);
  const viewAt = async (scope: Scope) => {
    await longWork.turn(services.work);
    return lineage.auditViewAt(scope, entity.code);
  };
  const [before, after] = await Promise.all([viewAt(moments.from), viewAt(moments.to)]);
  const fields = difference(before, after);
  if (fields.length === 0 || !isWanted(filter, entity, after ?? before)) return undefined;
  const diff = new EntityDiff(services, entity, moments, fields);
  if (!isAboutChanges(filter)) return diff;
  const changes = await diff.changes();
  return changes.some((change) => matches(filter, change, services.calendar)) ? diff : undefined;
}

/** The department and fiscal year of the entity come from its audit view. */
function isWanted(filter: ChangeFilter, entity: EntityName, view: AuditView | undefined): boolean {
  const department = (view?.department as AuditView | undefined)?.code ?? entity.code;
  const fiscalYear = view?.fiscalYear as number | undefined;
  return matchesEntity(filter, { entity, department: department as string, fiscalYear });
}

async function changesThatDiffer(
  { store, lineages, work }: DiffServices,
  entity: EntityName,
  { from, to }: Moments,
): Promise<readonly Change[]> {
  const lineage = lineageOf(lineages, entity.entityType);
  const upTo = from.position > to.position ? from.position : to.position;
  const changes = await changesUpTo(store, entity, upTo);
  const events = changes.map(({ event }) => event);
  const effectsAt = ({ position }: Scope) =>
    longWork.run(lineage.effects(events.filter((event) => event.position <= position)), work);
  const differing = new Set(effectsThatDiffer([from, to], [await effectsAt(from), await effectsAt(to)]));
  return changes.filter(({ event }) => differing.has(event.position));
}
