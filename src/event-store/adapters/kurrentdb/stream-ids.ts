import { LRUCache } from 'lru-cache';
import { StoredEvent } from '../../envelope';

/** Which ids a stream holds, without a gap from its start up to a revision. There may be more behind it. */
export class StreamIds {
  private readonly revisions = new Map<string, bigint>();
  private last = -1n;

  get size(): number {
    return this.revisions.size;
  }

  /** `-1n` where no event is known of. */
  get through(): bigint {
    return this.last;
  }

  /** What does not follow on what is known is left out. */
  add(ids: Iterable<string>, from: bigint): void {
    let revision = from;
    for (const id of ids) {
      if (revision === this.last + 1n) {
        this.last = revision;
        // An id that stands in a stream twice was put there by another program. The first counts.
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

  /** The revision of the last of the ids, where all stand in the stream one behind the other. */
  lastRevisionOf(ids: readonly string[]): bigint | undefined {
    const places = ids.map((id) => this.revisions.get(id));
    const first = places[0];
    if (first === undefined) return undefined;
    return places.every((place, index) => place === first + BigInt(index)) ? places.at(-1) : undefined;
  }
}

/** The streams written to or read of late. */
export class KnownStreams {
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

  /** Keeps what was found out, at its new size. */
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
