import { ChangeFilter, matchesEntity } from '../change-feed/filter';
import { EntityName } from '../kernel/codes';
import { documentKey, TemporalReader } from '../read-model/temporal-store';
import { lineageOf } from './lineage';
import { ReadingServices } from './services';
import { longWork } from '../kernel/turns';
import { Scope } from './scope';

type CandidateServices = Pick<ReadingServices, 'store' | 'lineages' | 'work'>;

/** The two moments that are compared. */
export interface Moments {
  readonly from: Scope;
  readonly to: Scope;
}

const BATCH = 200;
/** Up to this many changes between the moments, we inspect each change; above it, we compare entities. */
const FEW_CHANGES = 2_000n;

/**
 * The entities that may differ between two moments, ordered by type and code, after a given one. The narrowest source is used: the
 * entities that the filter names, those of a department, those of few changes, or all. If the effective moments are the same,
 * entities with the same version at both moments are left out.
 */
export async function* candidates(
  services: CandidateServices,
  moments: Moments,
  filter: ChangeFilter,
  after: EntityName | undefined,
): AsyncIterable<EntityName> {
  const { from, to } = moments;
  const recordOnly = from.effectiveAt === to.effectiveAt;
  const changed = recordOnly && isWide(filter) ? await changedBetween(services.store, moments, filter) : undefined;
  const later = from.position > to.position ? from : to;
  const entityTypes = [...services.lineages.keys()];
  for (const [index, entityType] of entityTypes.entries()) {
    if (filter.entityTypes?.includes(entityType) === false) continue;
    const startOfType = after === undefined ? 0 : index - entityTypes.indexOf(after.entityType);
    if (startOfType < 0) continue;
    const afterCode = startOfType === 0 ? after?.code : undefined;
    const pages =
      changed === undefined ? codesOf(services, later, entityType, filter, afterCode) : [changed.get(entityType) ?? []];
    for await (const codes of pages) {
      await longWork.turn(services.work);
      const names = codes
        .filter((code) => afterCode === undefined || code > afterCode)
        .map((code) => ({ entityType, code }));
      yield* recordOnly && changed === undefined ? await withAnotherVersion(services.store, names, moments) : names;
    }
  }
}

const isWide = ({ departments, entities }: ChangeFilter): boolean =>
  departments === undefined && entities === undefined;

/** The codes of one type in order, in pages. */
async function* codesOf(
  { lineages }: CandidateServices,
  scope: Scope,
  entityType: string,
  { departments, entities }: ChangeFilter,
  after: string | undefined,
): AsyncIterable<readonly string[]> {
  const lineage = lineageOf(lineages, entityType);
  if (entities !== undefined) {
    yield inOrder(entities);
  } else if (departments !== undefined) {
    const found = await Promise.all(departments.map(async (department) => lineage.codesOf(scope, department)));
    yield inOrder(found.flat());
  } else {
    let last = after;
    for (;;) {
      const page = await scope.members(lineage.collection, { after: last, limit: BATCH });
      yield page;
      if (page.length < BATCH) return;
      last = page.at(-1);
    }
  }
}

const inOrder = (codes: readonly string[]): readonly string[] => [...new Set(codes)].sort();

/** The entities that the changes between the moments are about, by type; undefined if there are too many changes. */
async function changedBetween(
  store: TemporalReader,
  { from, to }: Moments,
  filter: ChangeFilter,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const [after, upTo] = from.position < to.position ? [from.position, to.position] : [to.position, from.position];
  const [first, last] = await Promise.all([store.pointAt({ position: after }), store.pointAt({ position: upTo })]);
  if (last.sequence - first.sequence > FEW_CHANGES) return undefined;
  const codes = new Map<string, string[]>();
  for (const change of await store.changes({ after, upTo })) {
    if (!matchesEntity(filter, change)) continue;
    const { entityType, code } = change.entity;
    const found = codes.get(entityType);
    if (found === undefined) codes.set(entityType, [code]);
    else found.push(code);
  }
  return new Map([...codes].map(([type, found]) => [type, inOrder(found)]));
}

async function withAnotherVersion(
  store: TemporalReader,
  names: readonly EntityName[],
  { from, to }: Moments,
): Promise<readonly EntityName[]> {
  const keys = names.map(({ entityType, code }) => documentKey(entityType, code));
  const [before, after] = await Promise.all([store.versions(keys, from.position), store.versions(keys, to.position)]);
  return names.filter((_, index) => before[index]?.position !== after[index]?.position);
}
