import { Bell } from '../kernel/async';
import { Change } from '../read-model/change';
import { Listener } from './audience';
import { ChangeFilter } from './filter';

/**
 * A reader's place at the live feed: what has come for it and was not fetched yet, bounded. A seat that is full takes nothing
 * more: whoever sits there has to begin again from what they have.
 */
export class Seat implements Listener {
  private waiting: Change[] = [];
  private readonly bell = new Bell();
  private isFull = false;
  private failure: Error | undefined;

  constructor(
    readonly filter: ChangeFilter,
    private readonly size: number,
  ) {}

  get full(): boolean {
    return this.isFull;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0 && !this.isFull && this.failure === undefined;
  }

  offer(change: Change): void {
    if (this.isFull) return;
    if (this.waiting.length === this.size) this.isFull = true;
    else this.waiting.push(change);
    this.bell.ring();
  }

  /** Gives up: whoever sits there gets nothing more but this. */
  fail(failure: Error): void {
    this.failure = failure;
    this.bell.ring();
  }

  /** All that waits. Throws if the seat has failed. */
  take(): readonly Change[] {
    if (this.failure !== undefined) throw this.failure;
    const taken = this.waiting;
    this.waiting = [];
    return taken;
  }

  /** Empty, as when it was taken. */
  clear(): void {
    this.waiting = [];
    this.isFull = false;
  }

  /** Until something comes, the time is over, or the signal aborts. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.isEmpty) await this.bell.wait({ timeoutMs, signal });
  }
}
