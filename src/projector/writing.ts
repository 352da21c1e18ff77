import { Outage } from '../kernel/outage';
import { LogPoint, pointAfter } from '../read-model/change';
import { ProjectedChange, TemporalStore } from '../read-model/temporal-store';

export interface WritingOptions {
  readonly store: TemporalStore;
  readonly from: LogPoint;
  /** Ends the writing from outside. */
  readonly stop: AbortSignal;
  readonly checkEveryMs: number;
  readonly onWritten: () => void;
}

/**
 * Writes one batch while the next is projected. Also checks periodically that the store still has what was written: a server
 * that was emptied, or replaced by a replica, does not report it.
 */
export class Writing {
  /** Aborts when the writing must stop or has failed. Then nothing more needs to be projected. */
  readonly signal: AbortSignal;
  private readonly failed = new AbortController();
  private readonly looking: NodeJS.Timeout;
  private pending: Promise<void> = Promise.resolve();
  private written: LogPoint;
  private isOpen = false;

  constructor(private readonly options: WritingOptions) {
    this.written = options.from;
    this.signal = AbortSignal.any([options.stop, this.failed.signal]);
    let busy = false;
    this.looking = setInterval(() => {
      if (busy) return;
      busy = true;
      void this.look().finally(() => (busy = false));
    }, options.checkEveryMs);
  }

  /** Begins to write the batch after the previous one is written. */
  async next(batch: readonly ProjectedChange[]): Promise<void> {
    await this.settled();
    if (batch.length > 0) this.pending = this.write(batch);
  }

  /** The store was opened to readers, and must stay open. */
  opened(): void {
    this.isOpen = true;
  }

  /** Waits until everything is written. Throws the failure, if any. */
  async settled(): Promise<void> {
    await this.pending;
    this.failed.signal.throwIfAborted();
  }

  /** Stops the checks, then waits like `settled`. */
  async end(): Promise<void> {
    clearInterval(this.looking);
    await this.settled();
  }

  private async write(batch: readonly ProjectedChange[]): Promise<void> {
    try {
      await this.options.store.write(batch);
      this.written = pointAfter((batch.at(-1) as ProjectedChange).change);
      this.options.onWritten();
    } catch (error) {
      this.failed.abort(error);
    }
  }

  private async look(): Promise<void> {
    const { store } = this.options;
    const { written, isOpen } = this;
    try {
      const found = await store.checkpoint();
      const isLost = found.position < written.position || (isOpen && (await store.watermark()) === undefined);
      if (isLost) throw new Outage('The read models have lost a part of their data');
    } catch (error) {
      this.failed.abort(error);
    }
  }
}
