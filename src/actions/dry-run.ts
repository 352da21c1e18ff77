import { randomUUID } from 'node:crypto';
import { AcceptedCommand } from '../command-handling/judging';
import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { EntityName } from '../kernel/codes';
import { DamagedReadModels } from '../kernel/outage';
import { ok, refused, Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { projectedChange } from '../projector/projected-change';
import { Projection } from '../projector/projection';
import { LogPoint, pointAfter } from '../read-model/change';
import { PendingChanges } from '../read-model/pending-changes';
import { documentKey, ProjectedChange } from '../read-model/temporal-store';
import { LedgerReader } from '../reading/ledger-reader';
import { Scope, ScopeServices } from '../reading/scope';
import { ActionTarget } from './action';
import { Performed } from './performed';

export interface DryRunServices extends ScopeServices {
  readonly log: Pick<EventStore, 'head'>;
  readonly reader: LedgerReader;
}

/** A pending change, and the record of its entity with it. */
interface PendingStep<State> {
  readonly record: State;
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
  entity: EntityName,
  accepted: AcceptedCommand,
): Promise<Result<Performed<View>>> {
  const recorded = await recordJudged(services, entity, accepted);
  if (!recorded.ok) return recorded;
  const steps = stepsOf(projection, entity, accepted, { before: recorded.value, now: services.now() });
  const changes = steps.map(({ projected }) => projected.change);
  const last = changes.at(-1);
  const { position, recordedAt } = last === undefined ? recorded.value : pointAfter(last);
  const scope = new Scope(withPending(services, recorded.value, steps), { position, recordedAt }, 'present');
  const loaded = await scope.entity(reading, entity.code);
  if (loaded === undefined) throw new Error(`${entity.code} is not there in its own dry run`);
  return ok({ position: recorded.value.position, dryRun: true, projected: { scope, entity: loaded, changes } });
}

/** The newest point of the record at which the entity is as it was when the command was judged. */
async function recordJudged(
  { log, reader, store }: DryRunServices,
  { entityType, code }: EntityName,
  { before }: AcceptedCommand,
): Promise<Result<LogPoint>> {
  // At the head is also everything that the command refers to.
  const reached = await reader.waitFor(await log.head());
  const watermark = await store.watermark();
  if (!reached || watermark === undefined) {
    return refused({ kind: 'READ_MODEL_BEHIND', message: 'The read models have not come this far yet; try again' });
  }
  const key = documentKey(entityType, code);
  const [later] = await store.walk(key, { after: before.position, upTo: watermark.position, limit: 1 });
  const point = later === undefined ? watermark : await store.pointAt({ position: later.position - 1n });
  const [version] = await store.versions([key], point.position, 'state');
  if ((version?.revision ?? 0) !== Number(before.revision) + 1) {
    throw new DamagedReadModels(`The read models do not hold ${code} as it is on record`);
  }
  return ok(point);
}

function stepsOf<State>(
  projection: Projection<State>,
  entity: EntityName,
  { stream, before, events }: AcceptedCommand,
  at: { readonly before: LogPoint; readonly now: Instant },
): readonly PendingStep<State>[] {
  const key = documentKey(entity.entityType, entity.code);
  const steps: PendingStep<State>[] = [];
  let record = before.record as State | undefined;
  let point = at.before;
  for (const [index, next] of events.entries()) {
    const event: StoredEvent = {
      ...next,
      // Not the id that the event would have on record: a client must not take the one for the other.
      id: randomUUID(),
      stream,
      revision: before.revision + 1n + BigInt(index),
      position: at.before.position + 1n + BigInt(index),
      storedAt: at.now,
    };
    record = projection.evolve(record, event);
    const projected = projectedChange({ projection, entity, key, record, event, before: point });
    steps.push({ record, projected });
    point = pointAfter(projected.change);
  }
  return steps;
}

/** Records with pending changes are not put into the cache of records, which holds only what is on record. */
function withPending<State>(
  services: DryRunServices,
  recorded: LogPoint,
  steps: readonly PendingStep<State>[],
): ScopeServices {
  const recordAt = new Map(steps.map(({ record, projected }) => [projected.change.event.position, record as unknown]));
  const shown = {
    store: new PendingChanges(
      services.store,
      recorded,
      steps.map(({ projected }) => projected),
    ),
    records: {
      at: ((fold, entity, version) =>
        recordAt.has(version.position)
          ? recordAt.get(version.position)
          : services.records.at(fold, entity, version)) as ScopeServices['records']['at'],
    },
    dryRun: { id: randomUUID(), recorded: recorded.position },
  };
  return Object.assign(Object.create(services) as DryRunServices, shown);
}
