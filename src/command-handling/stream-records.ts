import { Map } from 'immutable';
import { LRUCache } from 'lru-cache';
import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
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
}

type KeyedOutcome = Omit<CommandOutcome, 'isRepeated'> & { readonly fingerprint: string };

const EMPTY: StreamRecord = { record: undefined, revision: -1n, position: 0n, lastId: '', keys: Map() };

/** What is needed of a decider to read a stream. */
type Folding<State> = Pick<Decider<State, never>, 'entityType' | 'evolve' | 'movementsOf'>;

/** The last event of a stream, as far as somebody has folded it. */
export interface FoldedTo {
  readonly stream: string;
  readonly id: string;
  readonly revision: bigint;
  readonly position: bigint;
}

/** The record of an entity up to this event, if another part of this process holds it. */
export type HeldElsewhere = (last: FoldedTo) => unknown;

export interface StreamRecordsOptions {
  readonly heldElsewhere?: HeldElsewhere;
  /** Adds up what each person moves in a day. */
  readonly fourEyes?: FourEyes;
}

/** The records that commands are decided on. They are cached, and only newer events are read. */
export class StreamRecords {
  private records: LRUCache<string, StreamRecord>;
  private existing: LRUCache<string, true>;

  constructor(
    private readonly log: Pick<EventStore, 'readStream'>,
    private readonly max: number,
    private readonly options: StreamRecordsOptions = {},
  ) {
    this.records = new LRUCache({ max });
    this.existing = new LRUCache({ max });
  }

  /** Discards everything that was read from the log. A read that is under way is not cached either. */
  forget(): void {
    this.records = new LRUCache({ max: this.max });
    this.existing = new LRUCache({ max: this.max });
  }

  async read<State>(stream: string, decider: Folding<State>): Promise<StreamRecord> {
    const { records } = this;
    let read = records.get(stream) ?? EMPTY;
    for await (const event of this.log.readStream(stream, read.revision + 1n)) {
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

  /** Those of the streams that exist. Nothing is ever deleted, so a stream that exists is cached. */
  async existingOf(streams: readonly string[]): Promise<ReadonlySet<string>> {
    const { existing } = this;
    const found = new Set<string>();
    for (const stream of streams) {
      if (existing.has(stream) || (await this.hasBegun(stream))) {
        existing.set(stream, true);
        found.add(stream);
      }
    }
    return found;
  }

  private withEvent<State>(decider: Folding<State>, read: StreamRecord, event: StoredEvent): StreamRecord {
    return {
      record: decider.evolve(read.record as State | undefined, event),
      revision: event.revision,
      position: event.position,
      lastId: event.id,
      keys: withKey(read.keys, event),
      dayTotals: this.options.fourEyes?.totalsAfter(read.dayTotals, decider, read.record, event),
    };
  }

  private async hasBegun(stream: string): Promise<boolean> {
    for await (const _event of this.log.readStream(stream)) return true;
    return false;
  }
}

function withKey(keys: StreamRecord['keys'], { id, metadata, position }: StoredEvent): StreamRecord['keys'] {
  const { idempotencyKey, fingerprint } = metadata;
  if (idempotencyKey === undefined || fingerprint === undefined) return keys;
  const changes = (keys.get(idempotencyKey)?.changes ?? 0) + 1;
  return keys.set(idempotencyKey, { id, fingerprint, position, changes });
}
