import { LRUCache } from 'lru-cache';
import { EventStore } from '../event-store/event-store';
import { Awaitable } from '../kernel/async';
import { LocalDate, previousDay } from '../kernel/time';
import { linesOf } from './events';
import { MergedReads, ReadEntry } from './merged-reads';
import { dayOfStream, streamOfDay } from './streams';

interface DayRead {
  readonly merged: MergedReads;
  /** The revision of the next event of the day. */
  next: bigint;
}

export interface ReadHistoryOptions {
  readonly log: Pick<EventStore, 'readAll' | 'readStream'>;
  readonly prefix: string;
}

/** Lets others work between two parts. Rejects if the reader has to end. */
export type Pass = () => Awaitable<void>;

/** Entries that are kept in memory: about 50 MB. */
const KEPT_ENTRIES = 100_000;
/** Events between which others have their turn. */
const EVENTS_PER_TURN = 20;

/** The entries on record. A day is read from its stream, and what was read of it is kept for the next question. */
export class ReadHistory {
  private readonly days = new LRUCache<LocalDate, DayRead>({
    maxSize: KEPT_ENTRIES,
    sizeCalculation: ({ merged }) => merged.size + 1,
  });
  private first: LocalDate | undefined;

  constructor(private readonly options: ReadHistoryOptions) {}

  /** From the last to the first: by day, and on a day by the first read of each entry. `newest`: the last day that is wanted. */
  async *entries(newest: LocalDate, oldest: LocalDate | undefined, pass: Pass): AsyncGenerator<ReadEntry, void> {
    const first = await this.firstDay();
    if (first === undefined) return;
    const last = oldest === undefined || oldest < first ? first : oldest;
    for (let day = newest; day >= last; day = previousDay(day)) {
      await pass();
      yield* (await this.read(day, pass)).newestFirst();
    }
  }

  private async read(day: LocalDate, pass: Pass): Promise<MergedReads> {
    const { log, prefix } = this.options;
    const known = this.days.get(day) ?? { merged: new MergedReads(day), next: 0n };
    try {
      for await (const event of log.readStream(streamOfDay(prefix, day), known.next)) {
        // Another question has read the same day meanwhile.
        if (event.revision !== known.next) continue;
        known.merged.add(linesOf(event), event.position);
        known.next = event.revision + 1n;
        if (known.next % BigInt(EVENTS_PER_TURN) === 0n) await pass();
      }
      return known.merged;
    } finally {
      // Also if the reader ends before: the next question goes on from here.
      this.days.delete(day);
      this.days.set(day, known);
    }
  }

  /** No day before this one has reads on record. It never changes. */
  private async firstDay(): Promise<LocalDate | undefined> {
    if (this.first !== undefined) return this.first;
    for await (const { stream } of this.options.log.readAll(0n)) {
      // At midnight, several servers may not write in the order of the days.
      return (this.first = previousDay(dayOfStream(this.options.prefix, stream)));
    }
    return undefined;
  }
}
