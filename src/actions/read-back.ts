import { EntityName } from '../kernel/codes';
import { CorruptLedger, DamagedReadModels, LogMismatch, Outage } from '../kernel/outage';
import { Change } from '../read-model/change';
import { documentKey } from '../read-model/temporal-store';
import { Loaded, Reading, Scope } from '../reading/scope';
import { loadedIn } from './loaded-in';
import { ActingServices } from './acting-services';
import { Performed } from './performed';
import { DecisionOutcome, FactsOnRecord } from './proposing';

/** What was recorded, read back. It is on record even if it cannot be read. */
export function finished<State, View>(
  services: ActingServices,
  reading: Reading<State, View>,
  entity: EntityName,
  outcome: DecisionOutcome,
): Promise<Performed<View>> {
  const position = outcome.followUps?.at(-1)?.position ?? outcome.position;
  return acknowledged(position, () => readBack(services, reading, entity, { ...outcome, end: position }));
}

/** The answer for a write at this position. It is on record even if `read` fails. */
export async function acknowledged<View>(
  position: bigint,
  read: () => Promise<Performed<View>['projected']>,
): Promise<Performed<View>> {
  try {
    return { position, projected: await read() };
  } catch (error) {
    // The event is in a different log from the one that the read models follow: do not acknowledge the write.
    if (error instanceof LogMismatch) throw error;
    // The event is on record. An error for the whole action would hide that, so even damaged read models do not cause one.
    if (error instanceof Outage || error instanceof CorruptLedger) return { position };
    return { position, fault: error instanceof Error ? error : new Error(String(error)) };
  }
}

const requireSameLog = async ({ requireSameLog: compare, patience }: ActingServices): Promise<void> =>
  patience === undefined ? compare() : patience.bound(compare());

/** The ledger at the position of a write; undefined if the read models do not reach it in time. */
export async function scopeAfter(
  services: ActingServices,
  { position, isRepeated }: { readonly position: bigint; readonly isRepeated: boolean },
): Promise<Scope | undefined> {
  if (!(await services.reader.waitFor(position))) {
    await requireSameLog(services);
    return undefined;
  }
  const { recordedAt } = await services.store.pointAt({ position });
  // What an earlier request with the same key recorded may be older than the present.
  return new Scope(services, { position, recordedAt }, isRepeated ? 'snapshot' : 'present');
}

async function readBack<State, View>(
  services: ActingServices,
  reading: Reading<State, View>,
  entity: EntityName,
  outcome: DecisionOutcome & { readonly end: bigint },
): Promise<Performed<View>['projected']> {
  const { id, position, changes: count, isRepeated, followUps = [], end, facts } = outcome;
  const scope = await scopeAfter(services, { position: end, isRepeated });
  if (scope === undefined) return undefined;
  // Who writes in a department does not have to be able to read it.
  if (services.visibility !== undefined && !(await scope.entity(reading, entity.code))) return undefined;
  const own = await changesOf(services, { entity, id, position, count });
  const entities: Loaded<View>[] = [];
  const changes = [...own];
  for (const made of followUps) {
    changes.push(...(await changesOf(services, { ...made, count: 1 })));
    entities.push(await loadedIn(scope, reading, made.entity));
  }
  if (facts !== undefined) changes.push(...(await changesOfFacts(services, facts)));
  return { scope, entity: await loadedIn(scope, reading, entity), changes, followed: entities };
}

/** What a confirmed proposal recorded. */
export async function changesOfFacts(
  { store }: Pick<ActingServices, 'store'>,
  { entity, after, upTo, count }: FactsOnRecord,
): Promise<readonly Change[]> {
  const key = documentKey(entity.entityType, entity.code);
  const versions = await store.walk(key, { after, upTo, limit: count }, 'change');
  return versions.flatMap(({ change }) => change ?? []);
}

interface Written {
  readonly entity: EntityName;
  /** The last of its changes. */
  readonly id: string;
  readonly position: bigint;
  readonly count: number;
}

/** The changes that were recorded. If the read models hold the last one, they follow the log that it was recorded in. */
async function changesOf(
  services: ActingServices,
  { entity, id, position, count }: Written,
): Promise<readonly Change[]> {
  const range = { after: 0n, upTo: position, limit: count, last: true };
  const versions = await services.store.walk(documentKey(entity.entityType, entity.code), range, 'change');
  if (versions.at(-1)?.change?.event.id !== id) {
    await requireSameLog(services);
    throw new DamagedReadModels(`The read models do not hold what ${entity.code} was written at ${String(position)}`);
  }
  return versions.flatMap(({ change }) => change ?? []);
}
