import { LRUCache } from 'lru-cache';
import { StoredEvent } from '../../envelope';

/** The event ids of a stream, complete from its start up to a revision. The stream may have more events after that. */
export class StreamIds {
  private readonly revisions = new Map<string, bigint>();
  private last = -1n;

  get size(): number {
    return this.revisions.size;
  }

  /** The last revision; `-1n` if there is none. */
  get through(): bigint {
    return this.last;
  }

  /** Skips events that are known already, and those that would leave a gap. */
  add(ids: Iterable<string>, from: bigint): void {
    let revision = from;
    for (const id of ids) {
      if (revision === this.last + 1n) {
        this.last = revision;
        // Another program wrote this id into the stream twice. The first one counts.
        if (!this.revisions.has(id)) this.revisions.set(id, revision);
      }
      revision++;
    }
  }

  addEvents(events: readonly StoredEvent[]): void {
    const [first] = events;
    if (!first) return;
    this.add(
      events.map(({ id }) => id),
      first.revision,
    );
  }

  revisionOf(id: string): bigint | undefined {
    return this.revisions.get(id);
  }

  /** The revision of the last of the ids, if all are in the stream one after the other. */
  lastRevisionOf(ids: readonly string[]): bigint | undefined {
    const revisions = ids.map((id) => this.revisions.get(id));
    const first = revisions[0];
    if (first === undefined) return undefined;
    return revisions.every((revision, index) => revision === first + BigInt(index)) ? revisions.at(-1) : undefined;
  }
}

/** A cache of the streams that were written or read recently. */
export class StreamIdCache {
  private readonly streams: LRUCache<string, StreamIds>;

  constructor(maxIds: number) {
    this.streams = new LRUCache({ maxSize: maxIds, sizeCalculation: ({ size }) => size + 1 });
  }

  get(stream: string): StreamIds {
    return this.streams.get(stream) ?? new StreamIds();
  }

  forget(): void {
    this.streams.clear();
  }

  /** The entry is set again, because its size has changed. */
  keep(stream: string, ids: StreamIds): void {
    this.streams.delete(stream);
    this.streams.set(stream, ids);
  }

  saw(stream: string, events: readonly StoredEvent[]): void {
    const ids = this.get(stream);
    const before = ids.through;
    ids.addEvents(events);
    if (ids.through > before) this.keep(stream, ids);
  }
}
