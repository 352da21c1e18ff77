import { longWork } from '../../kernel/turns';
import { Scope } from '../scope';
import { Listing, Members, Row, rowOf } from './listing';

/** How many entities are read at once: in memory about a millisecond's work, else more, for fewer round trips. */
const batchOf = ({ services: { store } }: Scope): number => (store.synchronous ? 100 : 250);

/** Rows in code order. */
export interface Rows<Summary> {
  readonly rows: readonly Row<Summary>[];
  /** The position of the newest change of any of the entities; 0 without entities. */
  readonly newest: bigint;
}

/** All members, as a scope sees them. */
export async function readMembers<State, View extends Summary, Summary>(
  scope: Scope,
  listing: Listing<State, View, Summary>,
  { collection }: Pick<Members<Summary>, 'collection'>,
): Promise<Rows<Summary>> {
  const limit = batchOf(scope);
  const rows: Row<Summary>[] = [];
  let newest = 0n;
  for (let after: string | undefined; ;) {
    await longWork.turn(scope.services.work);
    const codes = await scope.members(collection, { after, limit });
    for (const loaded of await scope.entities(listing.reading, codes)) {
      rows.push(rowOf(listing, loaded));
      if (loaded.version.position > newest) newest = loaded.version.position;
    }
    if (codes.length < limit) return { rows, newest };
    after = codes.at(-1);
  }
}

/** The entities with these codes that exist and are members. */
export async function readNamed<State, View extends Summary, Summary>(
  scope: Scope,
  listing: Listing<State, View, Summary>,
  members: Members<Summary>,
  codes: readonly string[],
): Promise<readonly Row<Summary>[]> {
  const wanted = [...new Set(codes)].sort();
  const batch = batchOf(scope);
  const rows: Row<Summary>[] = [];
  for (let start = 0; start < wanted.length; start += batch) {
    await longWork.turn(scope.services.work);
    for (const loaded of await scope.existing(listing.reading, wanted.slice(start, start + batch))) {
      if (members.has(loaded.view)) rows.push(rowOf(listing, loaded));
    }
  }
  return rows;
}

const MEMBERS_COUNTED = 2_000;

export async function countMembers(scope: Scope, collection: string): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ;) {
    await longWork.turn(scope.services.work);
    const codes = await scope.members(collection, { after, limit: MEMBERS_COUNTED });
    count += codes.length;
    if (codes.length < MEMBERS_COUNTED) return count;
    after = codes.at(-1);
  }
}
