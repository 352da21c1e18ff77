import { AuditView } from '../audit/audit-view';
import { difference, FieldChange } from '../audit/difference';
import { StoredEvent } from '../event-store/envelope';
import { andThen, Awaitable, awaitedLater } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { Change } from '../read-model/change';
import { documentKey } from '../read-model/temporal-store';
import { lineageOf, Lineages } from './lineage';
import { Loaded, Scope, ScopeServices } from './scope';
import { longWork } from '../kernel/turns';
import { ReadingServices } from './services';

type LineageServices = Pick<ReadingServices, 'lineages'>;

/** What a change did to the entity on record. */
export function fieldsChangedBy(
  { lineages }: LineageServices,
  services: ScopeServices,
  change: Change,
): Awaitable<readonly FieldChange[]> {
  const { entityType, code } = change.entity;
  const { position } = change.event;
  const lineage = lineageOf(lineages, entityType);
  const viewAt = (at: bigint): Awaitable<AuditView | undefined> =>
    andThen(longWork.pass(services.work), () => lineage.auditViewAt(scopeAt(services, change, at), code));
  const compared = (before: AuditView | undefined, after: AuditView | undefined): Awaitable<readonly FieldChange[]> =>
    andThen(longWork.pass(services.work), () => difference(before, after));
  const [before, after] = [awaitedLater(viewAt(position - 1n)), viewAt(position)];
  return before instanceof Promise || after instanceof Promise
    ? Promise.all([before, after]).then((views) => compared(...views))
    : compared(before, after);
}

/** The change that a correction corrects; undefined if the change is not a correction. */
export async function correctedBy(
  { lineages }: LineageServices,
  scope: Scope,
  { entity, event }: Change,
): Promise<Change | undefined> {
  const { corrections } = lineageOf(lineages, entity.entityType);
  if (corrections === undefined || !('corrects' in event.data)) return undefined;
  const position = await corrections.corrected(scope, await entityAt(scope, entity), event);
  return position === undefined ? undefined : scope.change(entity, position);
}

/** The id of the change that a correction corrects; undefined if the event is not a correction. */
export const correctedIdOf = ({ data }: StoredEvent): string | undefined =>
  'corrects' in data ? (data.corrects as string) : undefined;

/** The id of the change that a reversal takes back; undefined if the change is not a reversal. */
export const reversedIdOf = (lineages: Lineages, { entity, event }: Change): string | undefined =>
  lineageOf(lineages, entity.entityType).reversals?.reversedId(event);

/** The change that a reversal takes back; undefined if the change is not a reversal. */
export async function reversedBy(
  { lineages }: LineageServices,
  scope: Scope,
  { entity, event }: Change,
): Promise<Change | undefined> {
  const { reversals } = lineageOf(lineages, entity.entityType);
  const id = reversals?.reversedId(event);
  if (reversals === undefined || id === undefined) return undefined;
  return scope.change(entity, await reversals.positionOf(scope, await entityAt(scope, entity), id));
}

/** The positions of a change's corrections that are on record up to the scope, in order of recording. */
export async function correctionsOf(
  { lineages }: LineageServices,
  scope: Scope,
  { entity, event }: Change,
): Promise<readonly bigint[]> {
  const { corrections } = lineageOf(lineages, entity.entityType);
  return corrections?.of(scope, await entityAt(scope, entity), event.id) ?? [];
}

/** The ledger at a position just before or at a change. */
export const scopeAt = (services: ScopeServices, { recordedAt }: Change, position: bigint): Scope =>
  new Scope(services, { position, recordedAt }, 'snapshot');

async function entityAt(scope: Scope, entity: EntityName): Promise<Loaded<unknown>> {
  const version = await scope.document(documentKey(entity.entityType, entity.code));
  if (version === undefined) throw new Error(`${entity.code} is not there at ${String(scope.position)}`);
  return { entity, version, view: version.state };
}
