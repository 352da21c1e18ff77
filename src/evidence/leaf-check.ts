import { StoredEvent } from '../event-store/envelope';
import { CorruptLedger, LogMismatch, Outage } from '../kernel/outage';
import { differentEvent } from './compare-log';
import { LeafHasher, OrderedEvent, storedForms } from './hashing/leaf-hasher';
import { endAfter, leafIndexOf, LogEnd, orderOf } from './log-order';
import { LogTree } from './log-tree';
import { Places } from './places/places';
import { Hash } from './tree/hashes';

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
        // The leaf covers the position: an event at another place differs from it.
        const next = end === undefined ? this.endWith(followed, event) : endAfter(end, event);
        if (next === undefined) continue;
        end = next;
        if (next.size <= followed.provable) found.push({ event, order: orderOf(event, next) });
      }
      return { end, compared: this.compare(followed, found) };
    });
  }

  private inOrder(followed: ProvableLog, event: StoredEvent): OrderedEvent | undefined {
    const end = this.endWith(followed, event);
    return end && { event, order: orderOf(event, end) };
  }

  /** The part of the log up to the event; undefined if the event is newer than the tree. */
  private endWith({ provable, places }: ProvableLog, event: StoredEvent): LogEnd | undefined {
    const { position } = event;
    if (provable === 0n || position > places.at(provable - 1n).position) return undefined;
    const size = places.countUpTo(position);
    const place = size === 0n ? undefined : places.at(size - 1n);
    if (place?.position !== position) throw this.differs(position, size + 1n);
    return { position, size, recordedAt: place.recordedAt };
  }

  private async compare(followed: ProvableLog, events: readonly OrderedEvent[]): Promise<void> {
    const others = await this.unlikeTheirTexts(followed, events);
    if (others.length === 0) return;
    const leaves = await this.options.hasher.hash(others);
    const [different] = await this.unlike(followed, others, leaves);
    if (different !== undefined) {
      const { event, order } = different;
      throw this.differs(event.position, leafIndexOf(event, order) + 1n);
    }
  }

  /** Their texts may still be right: older versions of the program did not store texts in canonical form. */
  private async unlikeTheirTexts(
    followed: ProvableLog,
    events: readonly OrderedEvent[],
  ): Promise<readonly OrderedEvent[]> {
    const forms = storedForms(events);
    return forms === undefined ? events : this.unlike(followed, events, await this.options.hasher.hashForms(forms));
  }

  private unlike(
    followed: ProvableLog,
    events: readonly OrderedEvent[],
    leaves: readonly (Hash | undefined)[],
  ): Promise<readonly OrderedEvent[]> {
    return this.readable(followed, () =>
      events.filter(
        ({ event, order }, at) => leaves[at]?.equals(followed.tree.leafAt(leafIndexOf(event, order))) !== true,
      ),
    );
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

  private differs(position: bigint, size: bigint): LogMismatch {
    const mismatch = differentEvent({ position, size });
    this.options.onDifference(mismatch);
    return mismatch;
  }
}
