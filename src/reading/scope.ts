import DataLoader from 'dataloader';
import { Fold } from '../event-store/fold';
import { andThen, Awaitable, awaitedLater } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { CorruptLedger } from '../kernel/outage';
import { Instant, LedgerCalendar, LocalDate } from '../kernel/time';
import { Change } from '../read-model/change';
import { Visibility } from './departments/visibility';
import { DerivedLists } from './derived-lists';
import { Snapshot } from './ledger-reader';
import { Records } from './records';
import { DocumentKey, documentKey, MemberPage, TemporalReader, Version } from '../read-model/temporal-store';
import { encodeId, GlobalId, NodeName, placeOf } from './ids';
import { ReadNote } from './on-record/read-note';
import { RequestReads } from './on-record/request-reads';
import { longWork } from '../kernel/turns';
import { Work } from './work';

/** How records are folded for reading. */
export interface RecordFold<State> extends Fold<State> {
  /** Work that views of the record need, if there is some left to do. It pauses at each `yield`. */
  prepare?(record: State): Generator<void, unknown, void> | undefined;
}

/** How a kind of entity is read: its document as on record, or its record viewed at an effective moment. */
export interface Reading<State, View> extends RecordFold<State> {
  view(record: State, effectiveAt: Instant | undefined): View;
}

/** An entity, as a scope sees it. */
export interface Loaded<View> {
  readonly entity: EntityName;
  readonly version: Version;
  readonly view: View;
}

/** A command that is shown and not recorded. What is read for it shows its changes as pending, at the end of the log. */
export interface DryRun {
  /** The ids in its answer carry it. */
  readonly id: string;
  /** The position of the newest event on record. */
  readonly recorded: bigint;
}

export interface ScopeServices {
  readonly store: TemporalReader;
  readonly records: Pick<Records, 'at'>;
  readonly derived: DerivedLists;
  readonly calendar: LedgerCalendar;
  readonly now: () => Instant;
  /** What the store shows; undefined if it shows all departments. */
  readonly visibility?: Visibility;
  /** The budget of the request; undefined for services that all requests share. */
  readonly work?: Work;
  /** The dry run that the store shows; undefined if it shows what is on record. */
  readonly dryRun?: DryRun;
  /** The reads of the request that are put on record; undefined for services that all requests share, or if none are. */
  readonly reads?: RequestReads;
}

/** How many records a request folds at the same time, if their changes have to be waited for. */
const RECORDS_AT_ONCE = 8;

/**
 * What a part of a request may see: one position and one effective moment. Each field passes its scope to the fields below it, so no
 * field can read newer data than its parent. Loads are batched, and each document is read once.
 */
export class Scope {
  private batches: DataLoader<DocumentKey, Version | undefined> | undefined;
  private dayOfScope: LocalDate | undefined;
  private place: string | undefined;
  private note: ReadNote | undefined;

  constructor(
    readonly services: ScopeServices,
    readonly snapshot: Snapshot,
    /** Whether ids carry the snapshot: those of the present do not. */
    private readonly ids: 'present' | 'snapshot',
  ) {}

  /** Puts on record what is read in this scope from now on. */
  readAs(operation: string, count?: 0 | 1): this {
    this.note = this.services.reads?.begin(operation, this.snapshot, count);
    return this;
  }

  /** Puts on record that the past of one entity is read. */
  readHistory(operation: string, { entity, version }: Pick<Loaded<unknown>, 'entity' | 'version'>): void {
    const { reads } = this.services;
    if (reads === undefined) return;
    const { position, effectiveAt } = this;
    const moment = { position: this.positionShown(position), effectiveAt };
    reads.begin(operation, moment).sawOne(documentKey(entity.entityType, entity.code), version);
  }

  get position(): bigint {
    return this.snapshot.position;
  }

  get effectiveAt(): Instant | undefined {
    return this.snapshot.effectiveAt;
  }

  /** The day that "overdue" is judged on if none is given; one for all fields of the scope, also at midnight. */
  get today(): LocalDate {
    return (this.dayOfScope ??= this.services.calendar.dateOf(this.effectiveAt ?? this.knownUntil));
  }

  /** The latest moment of recording that the scope includes. */
  get knownUntil(): Instant {
    const { knownAt, recordedAt } = this.snapshot;
    return this.ids === 'present' ? this.services.now() : (knownAt ?? recordedAt);
  }

  /** The same effective moment, at another point of the log. */
  at({ position, recordedAt }: Pick<Snapshot, 'position' | 'recordedAt'>): Scope {
    return new Scope(this.services, { position, recordedAt, effectiveAt: this.effectiveAt }, 'snapshot');
  }

  id(name: NodeName): string {
    return encodeId(name, (this.place ??= placeOf(this.placeInIds())));
  }

  /** Whether the change at this position is not on record, because it was made by a dry run. */
  isPending(position: bigint): boolean {
    const { dryRun } = this.services;
    return dryRun !== undefined && position > dryRun.recorded;
  }

  /** The position as a client sees it: pending changes have the position at which the record ends. */
  positionShown(position: bigint): bigint {
    const { dryRun } = this.services;
    return dryRun !== undefined && position > dryRun.recorded ? dryRun.recorded : position;
  }

  entity<State, View>(reading: Reading<State, View>, code: string): Awaitable<Loaded<View> | undefined> {
    const entity = { entityType: reading.entityType, code };
    return andThen(this.document(documentKey(entity.entityType, code)), (version) =>
      version === undefined ? undefined : this.view(reading, entity, version),
    );
  }

  /** The entities with these codes, all of which must exist. */
  async entities<State, View>(reading: Reading<State, View>, codes: readonly string[]): Promise<Loaded<View>[]> {
    const loaded = await this.existing(reading, codes);
    if (loaded.length === codes.length) return loaded;
    const there = new Set(loaded.map(({ entity }) => entity.code));
    const missing = codes.filter((code) => !there.has(code)).join(', ');
    throw new CorruptLedger(`${reading.entityType} ${missing} is a member of a list, but not there`);
  }

  /** Those of the entities with these codes that exist. */
  async existing<State, View>(reading: Reading<State, View>, codes: readonly string[]): Promise<Loaded<View>[]> {
    const { entityType } = reading;
    const versions = await this.documents(codes.map((code) => documentKey(entityType, code)));
    const atOnce = this.services.store.synchronous ? 1 : RECORDS_AT_ONCE;
    const loading: Awaitable<Loaded<View>>[] = [];
    let waiting = 0;
    for (const [index, version] of versions.entries()) {
      if (version === undefined) continue;
      const viewed = awaitedLater(this.view(reading, { entityType, code: codes[index] as string }, version));
      loading.push(viewed);
      if (viewed instanceof Promise && ++waiting % atOnce === 0) {
        await Promise.all(loading.filter((each) => each instanceof Promise));
      }
    }
    return waiting === 0 ? (loading as Loaded<View>[]) : Promise.all(loading.map(async (each) => each));
  }

  record<State>(
    fold: RecordFold<State>,
    { entity, version }: Pick<Loaded<unknown>, 'entity' | 'version'>,
  ): Awaitable<State> {
    return andThen(this.services.records.at(fold, entity, version), (record) => {
      const preparing = fold.prepare?.(record);
      return preparing === undefined ? record : longWork.run(preparing, this.services.work).then(() => record);
    });
  }

  /** A list that depends only on the entity's documents. What a pending change makes of it is not kept. */
  derived<Item>(
    what: string,
    { entity, version }: Pick<Loaded<unknown>, 'entity' | 'version'>,
    derive: () => Awaitable<readonly Item[]>,
  ): Awaitable<readonly Item[]> {
    return this.isPending(version.position) ? derive() : this.services.derived.at(what, entity, version, derive);
  }

  document(key: DocumentKey): Awaitable<Version | undefined> {
    const found = this.find(key);
    const { note } = this;
    return note === undefined ? found : andThen(found, (version) => version && note.sawOne(key, version));
  }

  documents(keys: readonly DocumentKey[]): Awaitable<readonly (Version | undefined)[]> {
    const found = this.services.store.versions(keys, this.position, 'state');
    const { note } = this;
    return note === undefined ? found : andThen(found, (versions) => note.saw(keys, versions));
  }

  members(collection: string, page: MemberPage = {}): Awaitable<readonly string[]> {
    return this.services.store.members(collection, this.position, page);
  }

  /** The change of an entity at a position. */
  async change({ entityType, code }: EntityName, position: bigint): Promise<Change> {
    const [version] = await this.services.store.versions([documentKey(entityType, code)], position);
    if (version?.change === undefined || version.position !== position) {
      throw new CorruptLedger(`${entityType} ${code} has no change at position ${String(position)}`);
    }
    return version.change;
  }

  private find(key: DocumentKey): Awaitable<Version | undefined> {
    const { store } = this.services;
    if (store.synchronous) return andThen(store.versions([key], this.position, 'state'), ([version]) => version);
    this.batches ??= new DataLoader(async (keys) => store.versions(keys, this.position, 'state'));
    return this.batches.load(key);
  }

  private placeInIds(): GlobalId['at'] {
    const { dryRun } = this.services;
    if (dryRun !== undefined) return { dryRun: dryRun.id };
    return this.ids === 'present' ? undefined : this.snapshot;
  }

  private view<State, View>(
    reading: Reading<State, View>,
    entity: EntityName,
    version: Version,
  ): Awaitable<Loaded<View>> {
    if (this.effectiveAt === undefined) return { entity, version, view: version.state as View };
    return andThen(this.record(reading, { entity, version }), (record) =>
      andThen(longWork.pass(this.services.work), () => ({
        entity,
        version,
        view: reading.view(record, this.effectiveAt),
      })),
    );
  }
}
