import { StoredEvent } from '../event-store/envelope';
import { CorruptLedger, LogMismatch, Outage } from '../kernel/outage';
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
    const found = await this.readable(followed, () => events.flatMap((event) => this.inOrder(followed, event) ?? []));
    await this.compare(followed, found);
  }

  /**
   * Events between which the log has no others. `before`: the end of the events that were compared last; undefined for the first ones.
   * Throws `LogMismatch`.
   */
  async requireNext(events: readonly StoredEvent[], before: LogEnd | undefined): Promise<ComparedEvents> {
    const followed = await this.options.followed();
    if (followed === undefined) return NOT_COMPARED;
    return this.readable(followed, () => {
      let end = before;
      const found: OrderedEvent[] = [];
      for (const event of events) {
        const ordered = end === undefined ? this.inOrder(followed, event) : this.following(followed, end, event);
        if (ordered === undefined) continue;
        end = { ...ordered.order, position: event.position };
        if (end.sequence <= followed.provable) found.push(ordered);
      }
      return { end, compared: this.compare(followed, found) };
    });
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

  private async compare(followed: ProvableLog, events: readonly OrderedEvent[]): Promise<void> {
    const leaves = await this.options.hasher.hash(events);
    await this.readable(followed, () => {
      for (const [at, { event, order }] of events.entries()) {
        const leaf = followed.tree.leafAt(order.sequence - 1n);
        if (leaves[at]?.equals(leaf) !== true) throw this.differs(event, order.sequence);
      }
    });
  }

  /** If the tree is lost, or is computed again meanwhile, that is no fault of the log: `Outage`, and the caller reads again. */
  private async readable<T>(followed: ProvableLog, read: () => T): Promise<T> {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CorruptLedger)) throw error;
      const isCurrent = (await this.options.followed()) === followed;
      if (isCurrent) this.options.onDifference(new LogMismatch(`Files of the tree are damaged: ${error.message}`));
      throw new Outage('The tree of the log is computed again', { cause: error });
    }
  }

  private differs({ position }: StoredEvent, sequence: bigint): LogMismatch {
    const mismatch = differentEvent({ position, sequence });
    this.options.onDifference(mismatch);
    return mismatch;
  }
}
