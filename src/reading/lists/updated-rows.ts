import { longWork } from '../../kernel/turns';
import { Scope } from '../scope';
import { KnownRows } from './known-rows';
import { Listing, Members } from './listing';
import { readNamed } from './read-rows';

const BATCH = { changes: 500, bytes: 1024 * 1024 };

/**
 * Rows of an earlier position, brought up to that of the scope: only entities that have changed since are read. undefined if so
 * much was recorded since that reading all members is cheaper.
 */
export async function updated<State, View extends Summary, Summary>(
  scope: Scope,
  listing: Listing<State, View, Summary>,
  members: Members<Summary>,
  known: KnownRows<Summary>,
): Promise<KnownRows<Summary> | undefined> {
  const { store } = scope.services;
  const [first, last] = await Promise.all([
    store.pointAt({ position: known.upTo }),
    store.pointAt({ position: scope.position }),
  ]);
  // In memory, looking at a change costs far less than viewing an entity.
  const most = (store.synchronous ? 20 : 1) * (BATCH.changes + known.rows.length);
  if (last.sequence - first.sequence > most) return undefined;
  const changed = await changedSince(scope, known.upTo, listing.reading.entityType, members.department);
  const fresh = await readNamed(scope, listing, members, [...changed.keys()]);
  if (fresh.length === 0) {
    known.extendTo(scope.position);
    return known;
  }
  const newest = fresh.reduce((position, { code }) => max(position, changed.get(code) ?? 0n), 0n);
  return known.with(fresh, { from: newest, upTo: scope.position }, scope.services.work);
}

/** The codes of the entities of a kind that have changed after a position, each with the position of its newest change. */
async function changedSince(
  { services: { store, work }, position }: Scope,
  after: bigint,
  entityType: string,
  department: string | undefined,
): Promise<ReadonlyMap<string, bigint>> {
  const changed = new Map<string, bigint>();
  while (after < position) {
    await longWork.turn(work);
    const range = { after, upTo: position, limit: BATCH.changes, maxBytes: BATCH.bytes };
    const changes = await store.changes(range);
    for (const change of changes) {
      const isOfList =
        change.entity.entityType === entityType && (department ?? change.department) === change.department;
      if (isOfList) changed.set(change.entity.code, change.event.position);
    }
    after = changes.at(-1)?.event.position ?? position;
  }
  return changed;
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
