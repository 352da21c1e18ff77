import { EventStore, ExpectedRevision } from '../event-store/event-store';
import { holds, KnownEvent } from '../event-store/known-event';
import { SharedWork } from '../kernel/async';
import { LastingTroubles } from '../kernel/lasting-troubles';
import { factOf } from './events';
import { evolve, Webhooks } from './evolve';
import { BookKeeper } from './kept-book';
import { Webhook } from './webhook';

export interface WebhookBookOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly stream: string;
  readonly keeper: BookKeeper;
  /** After so many events the book is kept again, so a start reads no more of them. By default 1,000. */
  readonly keepEvery?: bigint;
  readonly troubles: LastingTroubles;
}

/** What is on record of the webhooks, as far as this process has read it. */
export class WebhookBook {
  private readonly known = new Map<string, Webhook>();
  private last: KnownEvent | undefined;
  /** The revision after the last event in the kept book. */
  private kept = 0n;
  private readonly reading = new SharedWork(() => this.read());
  private opening: Promise<void> | undefined;

  constructor(private readonly options: WebhookBookOptions) {}

  /** Reads what was recorded before the call. Throws `Outage`. */
  catchUp(): Promise<void> {
    return this.reading.run();
  }

  /** Resolves when all of the record has been read once, which can take long. Throws `Outage`. */
  opened(): Promise<void> {
    this.opening ??= this.catchUp().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  get webhooks(): Webhooks {
    return this.known;
  }

  /** What an append expects if it is decided by what is known. */
  get revision(): ExpectedRevision {
    return this.last === undefined ? 'no-stream' : this.last.revision;
  }

  private get next(): bigint {
    return this.last === undefined ? 0n : this.last.revision + 1n;
  }

  private async read(): Promise<void> {
    const { log, stream } = this.options;
    if (this.last === undefined) await this.takeUp();
    for await (const event of log.readStream(stream, this.next)) {
      evolve(this.known, factOf(event));
      const { id, revision, position } = event;
      this.last = { id, stream, revision, position };
    }
    this.keep();
  }

  /** Goes on from the kept book if the record has the event that it ends with. Another record, or one that was restored, has not. */
  private async takeUp(): Promise<void> {
    const { log, stream, keeper } = this.options;
    const book = this.trying('kept book to read', () => keeper.load());
    if (book === undefined || book.through.stream !== stream || !(await holds(log, book.through))) return;
    for (const webhook of book.webhooks) this.known.set(webhook.code, webhook);
    this.last = book.through;
    this.kept = this.next;
  }

  private keep(): void {
    const { last: through } = this;
    const { keeper, keepEvery = 1_000n } = this.options;
    if (through === undefined || this.next - this.kept < keepEvery) return;
    // If it cannot be kept, it is tried again after as many events.
    this.kept = this.next;
    this.trying('kept book to write', () => {
      keeper.keep({ through, webhooks: [...this.known.values()] });
    });
  }

  /** Whatever happens to the kept book, the record is read. */
  private trying<T>(part: string, use: () => T): T | undefined {
    const { troubles } = this.options;
    try {
      const used = use();
      troubles.over(part);
      return used;
    } catch (error) {
      troubles.met(part, error);
      return undefined;
    }
  }
}
