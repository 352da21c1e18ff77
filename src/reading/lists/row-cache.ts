import { LRUCache } from 'lru-cache';
import { NO_TELEMETRY, Signal } from '../../kernel/telemetry';
import { Scope } from '../scope';
import { KnownRows } from './known-rows';
import { Listing, Members } from './listing';
import { readMembers } from './read-rows';
import { updated } from './updated-rows';

/** The rows of one list at this many positions are kept. */
const POSITIONS_KEPT = 4;
const HIT: Signal = { kind: 'cache-asked', cache: 'lists', found: true };
const MISS: Signal = { kind: 'cache-asked', cache: 'lists', found: false };

/** The rows of one list at one effective moment, at several positions. Those that were used last come first. */
type Kept = readonly Pick<KnownRows<unknown>, 'bytes' | 'upTo' | 'holdAt'>[];

/**
 * The rows of lists that had to be read as a whole: to be sorted, searched or counted. They hold from the newest change of any
 * entity in the list until the next one, so writes elsewhere leave them valid. After a change in the list, only what has changed
 * is read again.
 */
export class RowCache {
  private kept: LRUCache<string, Kept>;
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly maxBytes = 64 * 1024 * 1024,
    private readonly telemetry = NO_TELEMETRY,
  ) {
    this.kept = this.emptyCache();
  }

  /** Drops all rows. A read that is still running puts its result into the dropped cache only. */
  forget(): void {
    this.kept = this.emptyCache();
    this.running.clear();
  }

  /** The rows of all members, as a scope sees them. */
  async rows<State, View extends Summary, Summary>(
    scope: Scope,
    listing: Listing<State, View, Summary>,
    members: Members<Summary>,
  ): Promise<KnownRows<Summary>> {
    // What a dry run shows is not on record.
    if (scope.services.dryRun !== undefined) return readAll(scope, listing, members);
    // What a caller sees that may not read all departments is kept for those that see the same.
    const key = `${members.collection}@${scope.effectiveAt ?? ''} ${scope.services.visibility?.key ?? ''}`;
    for (;;) {
      const known = (this.kept.get(key) ?? []) as readonly KnownRows<Summary>[];
      const found = known.find((rows) => rows.holdAt(scope.position));
      if (found !== undefined) {
        this.telemetry.report(HIT);
        if (found !== known[0]) this.kept.set(key, this.withFirst(found, known));
        return found;
      }
      const other = this.running.get(key);
      if (other === undefined) break;
      // Another request reads the same list. If it fails, this one reads it.
      await other.catch(() => undefined);
    }
    const reading = this.read(key, scope, listing, members);
    this.running.set(key, reading);
    try {
      return await reading;
    } finally {
      if (this.running.get(key) === reading) this.running.delete(key);
    }
  }

  private async read<State, View extends Summary, Summary>(
    key: string,
    scope: Scope,
    listing: Listing<State, View, Summary>,
    members: Members<Summary>,
  ): Promise<KnownRows<Summary>> {
    const { kept } = this;
    const known = (kept.get(key) ?? []) as readonly KnownRows<Summary>[];
    const earlier = known
      .filter(({ upTo }) => upTo < scope.position)
      .reduce<KnownRows<Summary> | undefined>((last, rows) => (last && last.upTo > rows.upTo ? last : rows), undefined);
    const found =
      (earlier && (await updated(scope, listing, members, earlier))) ?? (await readAll(scope, listing, members));
    this.telemetry.report(found === earlier ? HIT : MISS);
    kept.set(key, this.withFirst(found, known));
    return found;
  }

  /** As many of them as are kept. */
  private withFirst<Summary>(
    first: KnownRows<Summary>,
    known: readonly KnownRows<Summary>[],
  ): readonly KnownRows<Summary>[] {
    let { bytes } = first;
    const others = known.filter((rows) => rows !== first).slice(0, POSITIONS_KEPT - 1);
    return [first, ...others.filter((rows) => (bytes += rows.bytes) <= this.maxBytes)];
  }

  private emptyCache(): LRUCache<string, Kept> {
    return new LRUCache({
      maxSize: this.maxBytes,
      sizeCalculation: (kept) => kept.reduce((bytes, rows) => bytes + rows.bytes, 0),
    });
  }
}

async function readAll<State, View extends Summary, Summary>(
  scope: Scope,
  listing: Listing<State, View, Summary>,
  members: Members<Summary>,
): Promise<KnownRows<Summary>> {
  const { rows, newest } = await readMembers(scope, listing, members);
  return new KnownRows(rows, newest, scope.position);
}
