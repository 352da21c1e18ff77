import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../event-store/event-store';
import { LastingTroubles } from '../kernel/lasting-troubles';
import { Refused } from '../kernel/refusal';
import { Telemetry } from '../kernel/telemetry';
import { Clock, Instant, LedgerCalendar, LocalDate } from '../kernel/time';
import { readsEvents, ReadsEvent } from './events';
import { ReadMade } from './read';
import { streamOfDay } from './streams';
import { WaitingReads, WhenRead } from './waiting-reads';

/** `required`: what cannot be recorded is not answered. `best-effort`: it is answered, and counted. */
export type ReadLogMode = 'best-effort' | 'required';

export interface ReadRecorderOptions {
  /** The record of reads, apart from the log of the ledger. */
  readonly log: Pick<EventStore, 'append'>;
  readonly prefix: string;
  readonly mode: ReadLogMode;
  readonly calendar: LedgerCalendar;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Monotonic, in milliseconds. */
  readonly elapsed?: () => number;
  /** How many lines may wait. */
  readonly mostWaiting?: number;
}

/** Reads are written in batches. If the server is killed, it loses the reads of this time. */
export const WRITE_EVERY_MS = 1_000;
/** After this long without a successful write, reads are refused or counted. */
export const STUCK_MS = 60_000;
export const MOST_WAITING = 20_000;
/** With this many lines, a batch is written at once. */
const FULL_BATCH = 5_000;
/** How long a server that stops tries to write. */
const CLOSE_MS = 10_000;
const RETRY_MS = 200;
const WRITING = 'writing';

/** Records who read what. Readers do not wait for it. */
export class ReadRecorder {
  private readonly waiting: WaitingReads;
  private readonly troubles: LastingTroubles;
  private readonly mostWaiting: number;
  /** Made into events, and not known to be on record. An event keeps its id, so a repeated write records it once. */
  private unwritten: readonly ReadsEvent[] = [];
  private unwrittenLines = 0;
  /** When the oldest read that is not on record began to wait. */
  private waitingSince: number | undefined;
  private writing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private today: { readonly day: LocalDate; readonly from: Instant; readonly to: Instant } | undefined;
  private unrecordedReads = 0;
  private isClosed = false;

  constructor(private readonly options: ReadRecorderOptions) {
    this.troubles = new LastingTroubles(options.telemetry, 'reads');
    this.mostWaiting = options.mostWaiting ?? MOST_WAITING;
    // What was allowed to begin has room.
    this.waiting = new WaitingReads(2 * this.mostWaiting);
  }

  get mode(): ReadLogMode {
    return this.options.mode;
  }

  /** How many reads were answered and are not on record. */
  get unrecorded(): number {
    return this.unrecordedReads;
  }

  /** What an operator should know, in one line; undefined while all reads are recorded. */
  get problem(): string | undefined {
    if (this.isStuck()) {
      return this.mode === 'required'
        ? 'Reads cannot be recorded, so those that have to be on record are refused'
        : 'Reads cannot be recorded; they are answered and counted';
    }
    return this.unrecordedReads === 0
      ? undefined
      : `${this.unrecordedReads} reads since the start of this server are not on record`;
  }

  /** Throws `Refused` if a read has to be on record, and cannot be recorded now. */
  requireRecording(): void {
    if (this.mode !== 'required' || (this.hasRoom() && !this.isStuck())) return;
    const message = 'This read has to be on record, and reads cannot be recorded now; try again';
    throw new Refused({ kind: 'READ_NOT_RECORDED', message });
  }

  /** With `count` 0: another moment of a read that is counted already. */
  record(read: ReadMade, count: 0 | 1 = 1): void {
    const isKept = this.mode === 'required' || (this.hasRoom() && !this.isStuck());
    if (this.isClosed || !isKept || !this.waiting.add(read, this.now(), count)) {
      this.countUnrecorded(count);
      return;
    }
    this.waitingSince ??= this.elapsed();
    if (this.waiting.size >= FULL_BATCH) void this.write();
    else this.writeSoon();
  }

  /** Writes what waits. What cannot be written is counted. */
  async close(): Promise<void> {
    const until = this.elapsed() + CLOSE_MS;
    clearTimeout(this.timer);
    await this.write();
    while (this.waitingSince !== undefined && this.elapsed() < until) {
      await pause(RETRY_MS);
      await this.write();
    }
    clearTimeout(this.timer);
    this.isClosed = true;
    const lost = [...this.unwritten.flatMap(({ lines }) => lines), ...this.waiting.take()];
    for (const { count } of lost) this.countUnrecorded(count);
  }

  private hasRoom(): boolean {
    return this.waiting.size + this.unwrittenLines < this.mostWaiting;
  }

  private isStuck(): boolean {
    return this.waitingSince !== undefined && this.elapsed() - this.waitingSince > STUCK_MS;
  }

  private writeSoon(): void {
    this.timer ??= setTimeout(() => void this.write(), WRITE_EVERY_MS);
  }

  /** Writes what waits now. */
  write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
      if (this.waitingSince !== undefined && !this.isClosed) this.writeSoon();
    }));
  }

  private async writeAll(): Promise<void> {
    const { log, prefix, telemetry } = this.options;
    const began = this.elapsed();
    const lines = this.waiting.take();
    this.unwritten = [...this.unwritten, ...readsEvents(lines)];
    this.unwrittenLines += lines.length;
    try {
      for (let [next] = this.unwritten; next !== undefined; [next] = this.unwritten) {
        await log.append(streamOfDay(prefix, next.day), [next.event], 'any');
        this.unwritten = this.unwritten.slice(1);
        this.unwrittenLines -= next.lines.length;
        telemetry.report({ kind: 'reads-recorded', reads: next.lines.reduce((sum, { count }) => sum + count, 0) });
      }
      this.waitingSince = this.waiting.size === 0 ? undefined : began;
      this.troubles.over(WRITING);
    } catch (error) {
      this.troubles.met(WRITING, error);
    }
  }

  private countUnrecorded(reads: number): void {
    if (reads === 0) return;
    this.unrecordedReads += reads;
    this.options.telemetry.report({ kind: 'reads-unrecorded', reads });
  }

  private now(): WhenRead {
    const { clock, calendar } = this.options;
    const at = clock.now();
    if (this.today === undefined || at < this.today.from || at > this.today.to) {
      const day = calendar.dateOf(at);
      this.today = { day, from: calendar.startOf(day), to: calendar.endOf(day) };
    }
    return { at, day: this.today.day };
  }

  private elapsed(): number {
    return this.options.elapsed?.() ?? performance.now();
  }
}
