import { randomUUID } from 'node:crypto';
import { AcceptedCommand, AcceptedFollowUp } from '../command-handling/accepted-command';
import { NewEvent, StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { EntityName } from '../kernel/codes';
import { Json } from '../kernel/json';
import { DamagedReadModels } from '../kernel/outage';
import { ok, refused, Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { longWork, Pausing } from '../kernel/turns';
import { projectedChange } from '../projector/projected-change';
import { Projection } from '../projector/projection';
import { Change, LogPoint, pointAfter } from '../read-model/change';
import { PendingChanges } from '../read-model/pending-changes';
import { documentKey, ProjectedChange } from '../read-model/temporal-store';
import { LedgerReader } from '../reading/ledger-reader';
import { Masking } from '../reading/masking/masking';
import { Records } from '../reading/records';
import { Scope, ScopeServices } from '../reading/scope';
import { ActionTarget } from './action';
import { loadedIn } from './loaded-in';
import { Performed } from './performed';
import { PendingCommand } from './proposing';

export interface DryRunServices extends ScopeServices {
  readonly log: Pick<EventStore, 'head'>;
  readonly reader: LedgerReader;
  /** What the caller may not see; undefined if it may see everything. */
  readonly masking?: Masking;
}

/** A pending change, and the record of its entity with it. */
interface PendingStep {
  readonly record: unknown;
  readonly projected: ProjectedChange;
}

/**
 * Shows the entity as an accepted command would leave it, and records nothing. The events of the command are projected as the
 * projector would, and everything is read through the read models with these changes at the end (docs/adr/0028). Refusals:
 * READ_MODEL_BEHIND.
 */
export async function dryRun<State, View>(
  services: DryRunServices,
  { reading, projection }: Pick<ActionTarget<unknown, unknown, State, View>, 'reading' | 'projection'>,
  { entity, accepted, before }: Shown,
): Promise<Result<Performed<View>>> {
  const own: PendingCommand = { target: { projection: projection }, entity, accepted };
  const parts = [...(before === undefined ? [] : partsOf(before)), ...partsOf(own)];
  const pending = await pendingScope(services, parts);
  if (!pending.ok) return pending;
  const { scope, steps, recorded } = pending.value;
  const changes = steps.map(({ projected }) => projected.change);
  const [loaded, ...followed] = await Promise.all([
    loadedIn(scope, reading, entity),
    ...accepted.followUps.map((followUp) => loadedIn(scope, reading, followUp.entity)),
  ]);
  return ok({
    position: recorded.position,
    dryRun: true,
    ...(accepted.needsSecondPerson ? { needsProposal: true } : {}),
    projected: { scope, entity: loaded, changes: ownFirst(changes, entity), followed },
  });
}

interface Shown {
  readonly entity: EntityName;
  readonly accepted: AcceptedCommand;
  /** Another command that would be recorded before. */
  readonly before?: PendingCommand;
}

/** What would be appended to one stream. */
interface JudgedPart extends AcceptedFollowUp {
  readonly projection: Projection;
}

export const partsOf = ({ target: { projection }, entity, accepted }: PendingCommand): readonly JudgedPart[] =>
  [{ entity, ...accepted }, ...accepted.followUps].map((part) => ({ ...part, projection }));

/** The ledger as these changes would leave it. Refusals: READ_MODEL_BEHIND. */
export async function pendingScope(services: DryRunServices, parts: readonly JudgedPart[]) {
  const recorded = await recordJudged(services, parts);
  if (!recorded.ok) return recorded;
  const made = stepsOf(parts, { before: recorded.value, now: services.now() });
  const steps = shownSteps(services, await longWork.run(made, services.work));
  const last = steps.at(-1)?.projected.change;
  const { position, recordedAt } = last === undefined ? recorded.value : pointAfter(last);
  const scope = new Scope(withPending(services, recorded.value, steps), { position, recordedAt }, 'present');
  return ok({ scope, steps, recorded: recorded.value });
}

/** The first change is the requested one. */
const ownFirst = (changes: readonly Change[], { entityType, code }: EntityName): readonly Change[] => {
  const isOwn = ({ entity }: Change) => entity.entityType === entityType && entity.code === code;
  return [...changes.filter(isOwn), ...changes.filter((change) => !isOwn(change))];
};

/** The newest point of the record at which the entities are as they were when the command was judged. */
async function recordJudged(
  { log, reader, store }: DryRunServices,
  parts: readonly JudgedPart[],
): Promise<Result<LogPoint>> {
  // At the head is also everything that the command refers to.
  const reached = await reader.waitFor(await log.head());
  const watermark = await store.watermark();
  if (!reached || watermark === undefined) return behind();
  let point = watermark;
  for (const { entity, before } of parts) {
    const [later] = await store.walk(keyOf(entity), { after: before.position, upTo: point.position, limit: 1 });
    if (later !== undefined) point = await store.pointAt({ position: later.position - 1n });
  }
  for (const { entity, before } of parts) {
    const [version] = await store.versions([keyOf(entity)], point.position, 'state');
    if ((version?.revision ?? 0) === Number(before.revision) + 1) continue;
    // Of several entities, one may have changed before the record of another one was read: there was no such point.
    if (parts.length > 1) return behind();
    throw new DamagedReadModels(`The read models do not hold ${entity.code} as it is on record`);
  }
  return ok(point);
}

const behind = () =>
  refused({ kind: 'READ_MODEL_BEHIND', message: 'The read models have not come this far yet; try again' });

const keyOf = ({ entityType, code }: EntityName) => documentKey(entityType, code);

function* stepsOf(
  parts: readonly JudgedPart[],
  at: { readonly before: LogPoint; readonly now: Instant },
): Pausing<readonly PendingStep[]> {
  // Not the ids that the events would have on record: a client must not take the one for the other.
  const ids = new Map(parts.flatMap(({ events }) => events.map(({ id }) => [id, randomUUID() as string])));
  const steps: PendingStep[] = [];
  let point = at.before;
  for (const { entity, stream, before, events, projection } of parts) {
    let { record } = before;
    for (const [index, next] of events.entries()) {
      yield;
      const event: StoredEvent = {
        ...withOwnIds(next, ids),
        stream,
        revision: before.revision + 1n + BigInt(index),
        position: at.before.position + 1n + BigInt(steps.length),
        storedAt: at.now,
      };
      record = projection.evolve(record, event);
      const projected = projectedChange({ projection, entity, key: keyOf(entity), record, event, before: point });
      steps.push({ record, projected });
      point = pointAfter(projected.change);
    }
  }
  return steps;
}

/** The steps as the caller may see them. */
const shownSteps = ({ masking }: DryRunServices, steps: readonly PendingStep[]): readonly PendingStep[] =>
  masking === undefined ? steps : steps.map((step) => ({ ...step, projected: masking.pending(step.projected) }));

/** An event, and what it says of the other events of the dry run, with the ids that they have in it. */
function withOwnIds(event: NewEvent, ids: ReadonlyMap<string, string>): NewEvent {
  const own = (value: Json | undefined): Json | undefined =>
    (typeof value === 'string' ? ids.get(value) : undefined) ?? value;
  const data = Object.fromEntries(Object.entries(event.data).map(([name, value]) => [name, own(value)]));
  const { $causationId } = event.metadata;
  const cause = $causationId === undefined ? undefined : ids.get($causationId);
  const metadata = cause === undefined ? event.metadata : { ...event.metadata, $causationId: cause };
  return { ...event, id: ids.get(event.id) ?? event.id, data, metadata };
}

/** Records with pending changes are not put into the cache of records, which holds only what is on record. */
function withPending(services: DryRunServices, recorded: LogPoint, steps: readonly PendingStep[]): ScopeServices {
  const store = new PendingChanges(
    services.store,
    recorded,
    steps.map(({ projected }) => projected),
  );
  const shown = {
    store,
    // The records of the steps are not masked.
    records: services.masking === undefined ? withRecordsOf(services.records, steps) : new Records(store),
    dryRun: { id: randomUUID(), recorded: recorded.position },
  };
  return Object.assign(Object.create(services) as DryRunServices, shown);
}

function withRecordsOf(records: ScopeServices['records'], steps: readonly PendingStep[]): ScopeServices['records'] {
  const recordAt = new Map(steps.map(({ record, projected }) => [projected.change.event.position, record]));
  return {
    at: ((fold, entity, version) =>
      recordAt.has(version.position)
        ? recordAt.get(version.position)
        : records.at(fold, entity, version)) as ScopeServices['records']['at'],
  };
}
