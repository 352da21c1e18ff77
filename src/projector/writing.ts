import { Outage } from '../kernel/outage';
import { LogPoint, pointAfter } from '../read-model/change';
import { ProjectedChange, TemporalStore } from '../read-model/temporal-store';

export interface WritingOptions {
  readonly store: TemporalStore;
  readonly from: LogPoint;
  /** Ends the writing from outside. */
  readonly stop: AbortSignal;
  readonly lookEveryMs: number;
  readonly onWritten: () => void;
}

/**
 * Writes one batch while the next is projected. Looks now and then whether the store still has what was written: a server
 * that was emptied, or that a replica has replaced, says nothing by itself.
 */
export class Writing {
  /** Aborts when the writing is to stop, or has failed: nothing more needs to be projected then. */
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
    }, options.lookEveryMs);
  }

  /** Begins to write the batch once the one before it is written. */
  async next(batch: readonly ProjectedChange[]): Promise<void> {
    await this.settled();
    if (batch.length > 0) this.pending = this.write(batch);
  }

  /** The store was opened to readers, and has to stay so. */
  opened(): void {
    this.isOpen = true;
  }

  /** Waits until all is written; throws what went wrong. */
  async settled(): Promise<void> {
    await this.pending;
    this.failed.signal.throwIfAborted();
  }

  /** `settled`, and nothing is looked at any more. */
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
      if (isLost) throw new Outage('The read models have lost a part of what was written');
    } catch (error) {
      this.failed.abort(error);
    }
  }
}
