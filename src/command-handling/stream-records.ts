import { Map } from 'immutable';
import { LRUCache } from 'lru-cache';
import { NewEvent, StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { EntityName } from '../kernel/codes';
import { Instant } from '../kernel/time';
import { CommandOutcome } from './command-request';
import { Decider } from './decider';
import { DayTotals } from './four-eyes/day-totals';
import { FourEyes } from './four-eyes/four-eyes';

/** A stream as far as it has been read. */
export interface StreamRecord {
  /** The entity's record; undefined before its first event. */
  readonly record: unknown;
  /** The revision of the stream's last event; -1 before the first. */
  readonly revision: bigint;
  /** The position of the stream's last event; 0 before the first. */
  readonly position: bigint;
  /** The id of the stream's last event; empty before the first. */
  readonly lastId: string;
  /** What was recorded under each idempotency key. */
  readonly keys: Map<string, KeyedOutcome>;
  /** What each person has moved that day; undefined if no rule needs it. */
  readonly dayTotals?: DayTotals;
  /** The department that the entity belongs to; undefined if it belongs to none, or does not exist. */
  readonly home?: string;
  /** An entity has this code, but the caller may not see it. The rest says what it says of an entity that does not exist. */
  readonly isHidden?: true;
  /** Its last events are not recorded, and may never be. */
  readonly isPending?: true;
}

type KeyedOutcome = Omit<CommandOutcome, 'isRepeated'> & { readonly fingerprint: string };

const EMPTY: StreamRecord = { record: undefined, revision: -1n, position: 0n, lastId: '', keys: Map() };
const HIDDEN: StreamRecord = { ...EMPTY, isHidden: true };

/** The events of a command that was judged. */
export interface PendingEvents {
  readonly events: readonly NewEvent[];
  readonly judgedAt: Instant;
}

/** What is needed of a decider to read a stream. */
type Folding<State> = Pick<Decider<State, never>, 'entityType' | 'evolve' | 'branch' | 'movementsOf'>;

/** The last event of a stream, as far as somebody has folded it. */
export interface FoldedTo {
  readonly stream: string;
  readonly id: string;
  readonly revision: bigint;
  readonly position: bigint;
}

/** The record of an entity up to this event, if another part of this process holds it. */
export type HeldElsewhere = (last: FoldedTo) => unknown;

/** The department of an entity, by its first event; undefined if it belongs to none. */
export type HomeOf = (entity: EntityName, first: StoredEvent) => string | undefined;

/** Whether the caller may see what belongs to a department. */
export type Sees = (department: string) => boolean;

export interface StreamRecordsOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly streams: Pick<StreamNames, 'streamOf'>;
  readonly homeOf: HomeOf;
  /** The projector's records, which are folded in the same way. */
  readonly heldElsewhere?: HeldElsewhere;
  /** Adds up what each person moves in a day. */
  readonly fourEyes?: FourEyes;
}

/** No stream has as many events. */
const BEYOND_ALL = 2n ** 53n;

/**
 * The records that commands are decided on. They are cached, and only newer events are read.
 *
 * For what the caller may not see, the log is read once, as for what does not exist: the time that it takes tells nothing.
 */
export class StreamRecords {
  private records: LRUCache<string, StreamRecord>;
  /** The departments of entities that exist. Nothing is ever deleted, and no entity changes its department. */
  private homes: LRUCache<string, string>;

  constructor(
    private readonly options: StreamRecordsOptions,
    private readonly max: number,
  ) {
    this.records = new LRUCache({ max });
    this.homes = new LRUCache({ max });
  }

  /** Discards everything that was read from the log. A read that is under way is not cached either. */
  forget(): void {
    this.records = new LRUCache({ max: this.max });
    this.homes = new LRUCache({ max: this.max });
  }

  async read<State>(entity: EntityName, decider: Folding<State>, sees: Sees = () => true): Promise<StreamRecord> {
    const { records } = this;
    const { log, streams, homeOf } = this.options;
    const stream = streams.streamOf(entity);
    let read = records.get(stream) ?? EMPTY;
    const known = read.home ?? this.homes.get(stream);
    if (known !== undefined && !sees(known)) {
      await this.readNothing(stream);
      return HIDDEN;
    }
    for await (const event of log.readStream(stream, read.revision + 1n)) {
      if (read === EMPTY) {
        const home = homeOf(entity, event);
        if (!this.isSeen(stream, home, sees)) return HIDDEN;
        read = { ...EMPTY, home };
      }
      read = this.withEvent(decider, read, event);
    }
    if (read === EMPTY) return read;
    read = this.shared(stream, read);
    records.set(stream, read);
    return read;
  }

  /** A budget has tens of thousands of facts: two equal records would take twice the memory of one. */
  private shared(stream: string, read: StreamRecord): StreamRecord {
    const { lastId, revision, position } = read;
    const record = this.options.heldElsewhere?.({ stream, id: lastId, revision, position });
    return record === undefined || record === read.record ? read : { ...read, record };
  }

  /** The streams of those entities that exist and belong to the department, or to none. */
  async existingIn(department: string | undefined, entities: readonly EntityName[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const sees = (home: string): boolean => home === department;
    for (const entity of entities) {
      const stream = this.options.streams.streamOf(entity);
      if (await this.exists(entity, stream, sees)) found.add(stream);
    }
    return found;
  }

  /**
   * The record of an entity after events that may never be recorded. They have no positions and no time of the store yet: `judgedAt` stands
   * for the time, and the positions only show their order.
   */
  pending<State>(
    entity: EntityName,
    decider: Folding<State>,
    before: StreamRecord,
    { events, judgedAt: storedAt }: PendingEvents,
  ): StreamRecord {
    const { homeOf, streams } = this.options;
    const stream = streams.streamOf(entity);
    let read = before.isPending ? before : branched(decider, before);
    for (const event of events) {
      const stored = { ...event, revision: read.revision + 1n, position: read.position + 1n, stream, storedAt };
      if (read.revision < 0n) read = { ...EMPTY, home: homeOf(entity, stored) };
      read = this.withEvent(decider, read, stored);
    }
    return { ...read, isPending: true };
  }

  private withEvent<State>(decider: Folding<State>, read: StreamRecord, event: StoredEvent): StreamRecord {
    return {
      record: decider.evolve(read.record as State | undefined, event),
      revision: event.revision,
      position: event.position,
      lastId: event.id,
      keys: withKey(read.keys, event),
      dayTotals: this.options.fourEyes?.totalsAfter(read.dayTotals, decider, read.record, event),
      home: read.home,
    };
  }

  private async exists(entity: EntityName, stream: string, sees: Sees): Promise<boolean> {
    const home = this.homes.get(stream);
    if (home !== undefined) {
      if (sees(home)) return true;
      await this.readNothing(stream);
      return false;
    }
    for await (const first of this.options.log.readStream(stream)) {
      return this.isSeen(stream, this.options.homeOf(entity, first), sees);
    }
    return false;
  }

  /** Whether the caller sees an entity that exists. Its department is kept. */
  private isSeen(stream: string, home: string | undefined, sees: Sees): boolean {
    if (home === undefined) return true;
    this.homes.set(stream, home);
    return sees(home);
  }

  private async readNothing(stream: string): Promise<void> {
    for await (const _event of this.options.log.readStream(stream, BEYOND_ALL)) return;
  }
}

function branched<State>({ branch }: Folding<State>, read: StreamRecord): StreamRecord {
  return branch === undefined || read.record === undefined ? read : { ...read, record: branch(read.record as State) };
}

function withKey(keys: StreamRecord['keys'], { id, metadata, position }: StoredEvent): StreamRecord['keys'] {
  const { idempotencyKey, fingerprint } = metadata;
  if (idempotencyKey === undefined || fingerprint === undefined) return keys;
  const changes = (keys.get(idempotencyKey)?.changes ?? 0) + 1;
  return keys.set(idempotencyKey, { id, fingerprint, position, changes });
}
