import { StoredEvent } from '../event-store/envelope';
import { LogMismatch } from '../kernel/outage';
import { differentEvent } from './compare-log';
import { LeafHasher, OrderedEvent } from './hashing/leaf-hasher';
import { LogEnd } from './log-order';
import { LogTree } from './log-tree';
import { Places } from './places/places';

/** A tree with the places of its leaves. */
export interface ProvableLog {
  readonly tree: Pick<LogTree, 'leafAt'>;
  readonly places: Pick<Places, 'at' | 'countUpTo'>;
  /** How many of its leaves count. */
  readonly provable: bigint;
}

export interface LeafCheckOptions {
  /** What is computed of the log; undefined if there is nothing to compare with. Waits until it is known. */
  readonly followed: () => Promise<ProvableLog | undefined>;
  readonly hasher: LeafHasher;
  /** Called for the first difference and for later ones. */
  readonly onDifference: (mismatch: LogMismatch) => void;
}

/** Events whose comparison has begun. */
export interface ComparedEvents {
  /** undefined if their places are not known. */
  readonly end: LogEnd | undefined;
  /** Rejects with `LogMismatch`. */
  readonly compared: Promise<void>;
}

const NOT_COMPARED: ComparedEvents = { end: undefined, compared: Promise.resolve() };

/** Compares events that were read from the log with their leaves. Events that are newer than the tree are not in it yet. */
export class LeafCheck {
  constructor(private readonly options: LeafCheckOptions) {}

  /** Some events, in the order of the log. Throws `LogMismatch`. */
  async require(events: readonly StoredEvent[]): Promise<void> {
    const followed = await this.options.followed();
    if (followed === undefined) return;
    await this.compare(
      followed,
      events.flatMap((event) => this.inOrder(followed, event) ?? []),
    );
  }

  /**
   * Events between which the log has no others. `before`: the end of the events that were compared last; undefined for the first ones.
   * Throws `LogMismatch`.
   */
  async requireNext(events: readonly StoredEvent[], before: LogEnd | undefined): Promise<ComparedEvents> {
    const followed = await this.options.followed();
    if (followed === undefined) return NOT_COMPARED;
    let end = before;
    const found: OrderedEvent[] = [];
    for (const event of events) {
      const ordered = end === undefined ? this.inOrder(followed, event) : this.following(followed, end, event);
      if (ordered === undefined) continue;
      end = { ...ordered.order, position: event.position };
      if (end.sequence <= followed.provable) found.push(ordered);
    }
    return { end, compared: this.compare(followed, found) };
  }

  /** undefined if the event is newer than the tree. */
  private inOrder({ provable, places }: ProvableLog, event: StoredEvent): OrderedEvent | undefined {
    if (provable === 0n || event.position > places.at(provable - 1n).position) return undefined;
    const sequence = places.countUpTo(event.position);
    const place = sequence === 0n ? undefined : places.at(sequence - 1n);
    if (place?.position !== event.position) throw this.differs(event, sequence + 1n);
    return { event, order: { sequence, recordedAt: place.recordedAt } };
  }

  private following({ provable, places }: ProvableLog, end: LogEnd, event: StoredEvent): OrderedEvent {
    const sequence = end.sequence + 1n;
    if (sequence <= provable && places.at(sequence - 1n).position !== event.position)
      throw this.differs(event, sequence);
    return { event, order: { sequence, recordedAt: Math.max(end.recordedAt, event.storedAt) } };
  }

  private async compare({ tree }: ProvableLog, events: readonly OrderedEvent[]): Promise<void> {
    const leaves = await this.options.hasher.hash(events);
    for (const [at, { event, order }] of events.entries()) {
      if (leaves[at]?.equals(tree.leafAt(order.sequence - 1n)) !== true) throw this.differs(event, order.sequence);
    }
  }

  private differs({ position }: StoredEvent, sequence: bigint): LogMismatch {
    const mismatch = differentEvent({ position, sequence });
    this.options.onDifference(mismatch);
    return mismatch;
  }
}
