import { LogMismatch, Outage } from '../kernel/outage';
import { EventStore } from './event-store';

/** An append that is unanswered for longer counts as a failure. */
const UNANSWERED_MS = 2_000;

/** Remembers whether appends fail, until one is made again or could be made. */
export class WriteWatch {
  private failure: Outage | undefined;
  /** When each append that is not answered yet was sent, the oldest first. */
  private readonly unanswered = new Set<{ readonly since: number }>();

  constructor(private readonly log: EventStore) {}

  /** The same log, whose appends are watched. */
  get watched(): EventStore {
    return { ...this.log, append: (...args) => this.append(...args) };
  }

  /** Throws why nothing can be recorded. After a failed append, asks the log whether it would take one again. */
  async requireWriting(): Promise<void> {
    const { failure } = this;
    if (failure !== undefined) await this.askAgain(failure);
    const [oldest] = this.unanswered;
    if (oldest !== undefined && performance.now() - oldest.since > UNANSWERED_MS) {
      throw new Outage('The event store does not answer an append');
    }
  }

  private async append(...args: Parameters<EventStore['append']>): ReturnType<EventStore['append']> {
    const call = { since: performance.now() };
    this.unanswered.add(call);
    try {
      const result = await this.log.append(...args);
      this.failure = undefined;
      return result;
    } catch (error) {
      // The log is watched for a mismatch by itself.
      if (error instanceof Outage && !(error instanceof LogMismatch)) this.failure = error;
      throw error;
    } finally {
      this.unanswered.delete(call);
    }
  }

  private async askAgain(failure: Outage): Promise<void> {
    try {
      await this.log.requireWritable();
    } catch (error) {
      throw error instanceof Outage ? failure : error;
    }
    if (this.failure === failure) this.failure = undefined;
  }
}
