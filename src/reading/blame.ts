import { Blame, FieldOrigin } from '../audit/blame';
import { Change } from '../read-model/change';
import { changesUpTo } from './entity-changes';
import { lineageOf } from './lineage';
import { Loaded, Scope } from './scope';
import { ReadingServices } from './services';
import { longWork } from '../kernel/turns';

/** For each field of an entity at a scope, the change that gave it its value. */
export async function blameOf(
  { lineages }: Pick<ReadingServices, 'lineages'>,
  scope: Scope,
  { entity }: Loaded<unknown>,
): Promise<readonly FieldOrigin<Change>[]> {
  const { store, work } = scope.services;
  const changes = await changesUpTo(store, entity, scope.position);
  const blame = new Blame<Change>();
  const events = changes.map(({ event }) => event);
  let step = 0;
  const views = lineageOf(lineages, entity.entityType).auditViews(events, scope.effectiveAt);
  for await (const view of longWork.each(views, work)) blame.step(view, changes[step++] as Change);
  if (step !== changes.length) throw new Error(`${entity.code} has ${changes.length} changes and ${step} audit views`);
  return blame.fields();
}
