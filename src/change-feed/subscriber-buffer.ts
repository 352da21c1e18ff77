import { Bell } from '../kernel/async';
import { Change } from '../read-model/change';
import { bytesOf } from '../read-model/change-bytes';
import { FilteredSubscriber } from './subscriber-index';
import { ChangeFilter } from './filter';

/** Of the changes in a buffer together. */
const MAX_BYTES = 4_194_304;

/**
 * The buffer of one subscriber: changes that it has not fetched yet. If the buffer overflows, it accepts nothing more, and the
 * subscriber must resume from its last position.
 */
export class SubscriberBuffer implements FilteredSubscriber {
  private waiting: Change[] = [];
  private bytes = 0;
  private readonly bell = new Bell();
  private hasOverflowed = false;
  private failure: Error | undefined;

  constructor(
    readonly filter: ChangeFilter,
    /** Whether the subscriber may see a change. */
    readonly shows: (change: Change) => boolean,
    private readonly capacity: number,
  ) {}

  get overflowed(): boolean {
    return this.hasOverflowed;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0 && !this.hasOverflowed && this.failure === undefined;
  }

  add(change: Change): void {
    if (this.hasOverflowed) return;
    const bytes = this.bytes + bytesOf(change);
    // One change always fits.
    if (this.waiting.length === this.capacity || (this.waiting.length > 0 && bytes > MAX_BYTES)) {
      this.hasOverflowed = true;
    } else {
      this.waiting.push(change);
      this.bytes = bytes;
    }
    this.bell.ring();
  }

  /** The subscriber gets nothing more but this failure. */
  fail(failure: Error): void {
    this.failure = failure;
    this.bell.ring();
  }

  /** Returns and removes everything in the buffer. Throws if the feed has failed. */
  take(): readonly Change[] {
    if (this.failure !== undefined) throw this.failure;
    const taken = this.waiting;
    this.waiting = [];
    this.bytes = 0;
    return taken;
  }

  /** Empties the buffer, so that it accepts changes again. */
  clear(): void {
    this.waiting = [];
    this.bytes = 0;
    this.hasOverflowed = false;
  }

  /** Waits until something comes, the time is over, or the signal aborts. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.isEmpty) await this.bell.wait({ timeoutMs, signal });
  }
}
