import { EventStore, ExpectedRevision } from '../event-store/event-store';
import { SharedWork } from '../kernel/async';
import { factOf } from './events';
import { evolve, Webhooks } from './evolve';
import { Webhook } from './webhook';

export interface WebhookBookOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly stream: string;
}

/** What is on record of the webhooks, as far as this process has read it. */
export class WebhookBook {
  private readonly known = new Map<string, Webhook>();
  private next = 0n;
  private readonly reading = new SharedWork(() => this.read());

  constructor(private readonly options: WebhookBookOptions) {}

  /** Reads what was recorded before the call. Throws `Outage`. */
  catchUp(): Promise<void> {
    return this.reading.run();
  }

  get webhooks(): Webhooks {
    return this.known;
  }

  /** What an append expects if it is decided by what is known. */
  get revision(): ExpectedRevision {
    return this.next === 0n ? 'no-stream' : this.next - 1n;
  }

  private async read(): Promise<void> {
    const { log, stream } = this.options;
    for await (const event of log.readStream(stream, this.next)) {
      evolve(this.known, factOf(event));
      this.next = event.revision + 1n;
    }
  }
}
