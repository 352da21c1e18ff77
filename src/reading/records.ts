import { LRUCache } from 'lru-cache';
import { StoredEvent } from '../event-store/envelope';
import { Fold } from '../event-store/fold';
import { Awaitable } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { NO_TELEMETRY, Signal } from '../kernel/telemetry';
import { CorruptLedger } from '../kernel/outage';
import { documentKey, TemporalReader, Version } from '../read-model/temporal-store';
import { longWork, Worker } from '../kernel/turns';
import { CHANGES_AT_ONCE } from './entity-changes';

interface Folded {
  readonly revision: number;
  readonly position: bigint;
  readonly record: unknown;
}

interface Caches {
  readonly byRevision: LRUCache<string, Folded>;
  readonly newest: LRUCache<string, Folded>;
}

interface Source {
  readonly store: TemporalReader;
  /** The request that waits for the record. */
  readonly worker?: Worker;
}

/** The record of an entity with this very event as its last one, if another part of this process has folded it already. */
export type FoldedElsewhere = (event: StoredEvent) => unknown;

/** Folding this many changes takes less than a millisecond. */
const CHANGES_PER_STEP = 100;

const HIT: Signal = { kind: 'cache-asked', cache: 'records', found: true };
const MISS: Signal = { kind: 'cache-asked', cache: 'records', found: false };

/**
 * Entities' records as of a version: folded from the changes that the read models hold, for questions that a document
 * cannot answer (effective dates, single facts). A record at a revision never changes, so it is kept; a later one is folded
 * on from the newest that is known.
 */
export class Records {
  /** By entity and revision. The weight of a record is the number of changes that it was folded from. */
  private byRevision: LRUCache<string, Folded>;
  private newest: LRUCache<string, Folded>;

  constructor(
    private readonly store: TemporalReader,
    private readonly maxChanges = 1_000_000,
    private readonly telemetry = NO_TELEMETRY,
    private readonly foldedElsewhere: FoldedElsewhere = () => undefined,
  ) {
    this.byRevision = this.emptyCache();
    this.newest = this.emptyCache();
  }

  /** Drops all records. A fold that is still running puts its result into the dropped caches only. */
  forget(): void {
    this.byRevision = this.emptyCache();
    this.newest = this.emptyCache();
  }

  /** The same records for one request, which reads what is not cached from a store of its own. */
  over(store: TemporalReader, worker?: Worker): Pick<Records, 'at'> {
    return { at: (fold, entity, version) => this.at(fold, entity, version, { store, worker }) };
  }

  at<State>(
    fold: Fold<State>,
    entity: EntityName,
    version: Version,
    source: Source = { store: this.store },
  ): Awaitable<State> {
    const known = this.byRevision.get(`${nameOf(entity)}@${version.revision}`);
    this.telemetry.report(known === undefined ? MISS : HIT);
    if (known !== undefined) return known.record as State;
    const record = version.change && this.foldedElsewhere(version.change.event);
    if (record === undefined) return this.foldTo(fold, entity, version, source);
    this.keep(nameOf(entity), { revision: version.revision, position: version.position, record });
    return record as State;
  }

  private async foldTo<State>(
    fold: Fold<State>,
    entity: EntityName,
    version: Version,
    { store, worker }: Source,
  ): Promise<State> {
    const name = nameOf(entity);
    const caches: Caches = { byRevision: this.byRevision, newest: this.newest };
    const newest = caches.newest.get(name);
    let folded = newest !== undefined && newest.revision <= version.revision ? newest : undefined;
    while (folded === undefined || folded.revision < version.revision) {
      const range = { after: folded?.position ?? 0n, upTo: version.position, ...CHANGES_AT_ONCE };
      const versions = await store.walk(documentKey(entity.entityType, entity.code), range, 'change');
      if (versions.length === 0) throw new CorruptLedger(`${name} has fewer versions than its revision says`);
      folded = await longWork.run(foldAll(fold, folded, versions), worker);
    }
    this.keep(name, folded, caches);
    return folded.record as State;
  }

  private keep(
    name: string,
    folded: Folded,
    caches: Caches = { byRevision: this.byRevision, newest: this.newest },
  ): void {
    caches.byRevision.set(`${name}@${folded.revision}`, folded);
    if ((caches.newest.get(name)?.revision ?? 0) < folded.revision) caches.newest.set(name, folded);
  }

  private emptyCache(): LRUCache<string, Folded> {
    return new LRUCache({ maxSize: this.maxChanges, sizeCalculation: ({ revision }) => revision });
  }
}

const nameOf = ({ entityType, code }: EntityName): string => `${entityType}/${code}`;

/** The record with the changes of these versions, of which there is at least one. */
function* foldAll<State>(
  fold: Fold<State>,
  before: Folded | undefined,
  versions: readonly Version[],
): Generator<void, Folded, void> {
  let folded = before;
  for (const [index, version] of versions.entries()) {
    folded = foldIn(fold, folded, version);
    if (index % CHANGES_PER_STEP === CHANGES_PER_STEP - 1) yield;
  }
  return folded as Folded;
}

function foldIn<State>(fold: Fold<State>, before: Folded | undefined, { change, revision, position }: Version): Folded {
  if (change === undefined) throw new CorruptLedger(`The version at position ${String(position)} carries no change`);
  return { revision, position, record: fold.evolve(before?.record as State | undefined, change.event) };
}
