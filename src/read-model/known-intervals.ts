import { LRUCache } from 'lru-cache';
import { firstIndex } from '../kernel/search';
import { CacheAsked, IntervalCache, Telemetry } from '../kernel/telemetry';

/** Something that was read, and the positions at which it holds. */
export interface Interval<Value> {
  readonly value: Value;
  readonly from: bigint;
  /** The first position at which it does not hold, or is not known to hold. */
  readonly until: bigint;
  /** What the value takes. */
  readonly bytes: number;
}

/** The end of what holds until this process itself ends it. No position reaches it. */
export const NO_END = 2n ** 64n;

/** Of one key, in the order of their positions. */
interface Known<Value> {
  readonly intervals: Interval<Value>[];
  readonly bytes: number;
}

export interface KnownIntervalsOptions {
  readonly cache: IntervalCache;
  /** What all of it takes at most. 0: nothing is kept. */
  readonly maxBytes: number;
  readonly telemetry: Telemetry;
}

/** What an interval takes besides its value. */
const BYTES_PER_INTERVAL = 200;
/** One key takes at most this part of the cache. */
const MOST_OF_ONE = 1 / 16;

/**
 * What was read lately of a log that only grows, found by its key and any position at which it is known to hold. What held at a position
 * holds there for ever, so nothing in here becomes wrong while the log stays the same (docs/adr/0055). The intervals of one key do not
 * overlap.
 */
export class KnownIntervals<Value> {
  private readonly known: LRUCache<string, Known<Value>>;
  private readonly hit: CacheAsked;
  private readonly miss: CacheAsked;
  private evicted = 0;

  constructor(private readonly options: KnownIntervalsOptions) {
    const { cache, maxBytes } = options;
    this.hit = { kind: 'cache-asked', cache, found: true };
    this.miss = { kind: 'cache-asked', cache, found: false };
    this.known = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      // A caller may ask for a key of any length.
      sizeCalculation: ({ bytes }, key) => bytes + 2 * key.length,
      dispose: ({ intervals }, _, reason) => {
        if (reason === 'evict') this.evicted += intervals.length;
      },
    });
  }

  at(key: string, position: bigint): Interval<Value> | undefined {
    const found = this.find(key, position);
    this.options.telemetry.report(found === undefined ? this.miss : this.hit);
    return found;
  }

  /** If it began earlier to be known, it is known for longer now. */
  add(key: string, interval: Interval<Value>): void {
    const known = this.known.get(key);
    const index = known === undefined ? 0 : indexAfter(known.intervals, interval.from);
    const before = known?.intervals[index - 1];
    if (known !== undefined && before?.from === interval.from) {
      if (before.until < interval.until) known.intervals[index - 1] = interval;
      return;
    }
    this.insert(key, known, index, interval);
    this.reportSize();
  }

  /** What holds of the key without an end, if there is such, ends here. */
  end(key: string, position: bigint): void {
    const intervals = this.known.peek(key)?.intervals;
    const last = intervals?.at(-1);
    if (intervals === undefined || last?.until !== NO_END) return;
    intervals[intervals.length - 1] = { ...last, until: position };
  }

  clear(): void {
    this.known.clear();
    this.reportSize();
  }

  private insert(key: string, known: Known<Value> | undefined, index: number, interval: Interval<Value>): void {
    const { maxBytes } = this.options;
    const bytes = interval.bytes + BYTES_PER_INTERVAL;
    if (known === undefined || known.bytes + bytes > maxBytes * MOST_OF_ONE) {
      this.evicted += known?.intervals.length ?? 0;
      this.known.set(key, { intervals: [interval], bytes });
    } else {
      known.intervals.splice(index, 0, interval);
      this.known.set(key, { intervals: known.intervals, bytes: known.bytes + bytes });
    }
  }

  private find(key: string, position: bigint): Interval<Value> | undefined {
    const intervals = this.known.get(key)?.intervals;
    const found = intervals?.[indexAfter(intervals, position) - 1];
    return found !== undefined && position < found.until ? found : undefined;
  }

  private reportSize(): void {
    const { cache, telemetry } = this.options;
    telemetry.report({ kind: 'cache-filled', cache, bytes: this.known.calculatedSize, evicted: this.evicted });
    this.evicted = 0;
  }
}

const indexAfter = (intervals: readonly Interval<unknown>[], position: bigint): number =>
  firstIndex(intervals.length, (index) => (intervals[index] as Interval<unknown>).from > position);
