import { isAborted } from '../../kernel/async';
import { Lease } from '../../projector/lease';
import { Webhook } from '../webhook';
import { WebhookBook } from '../webhook-book';
import { WebhookDesk } from '../webhook-desk';
import { Courier, courierOf, CourierServices } from './courier';

export interface DelivererOptions {
  readonly book: WebhookBook;
  readonly desk: Pick<WebhookDesk, 'changed'>;
  /** Of several processes, the one that holds it delivers. */
  readonly lease: Lease;
  readonly courier: CourierServices;
}

/** Other processes change webhooks too. */
const LOOK_EVERY_MS = 1_000;
const RETRY_MS = 1_000;
/** What all couriers need: the lease and the record. */
const RECORD = 'record';
/** Whoever has waited for the lease so long without an error has reached it. */
const REACHED_MS = 30_000;

interface Running {
  readonly run: string;
  readonly halt: AbortController;
  readonly done: Promise<void>;
  isDone: boolean;
}

/** Delivers to all webhooks that are active, each by a courier of its own. */
export class Deliverer {
  private readonly couriers = new Map<string, Running>();

  constructor(private readonly options: DelivererOptions) {}

  /** Delivers until the signal aborts, while this process holds the lease. */
  async run(signal: AbortSignal): Promise<void> {
    const { lease, courier } = this.options;
    while (!signal.aborted) {
      const reached = setTimeout(() => {
        courier.troubles.over(RECORD);
      }, REACHED_MS);
      try {
        await lease.hold(signal, (_token, held) => this.work(held));
      } catch (error) {
        if (isAborted(signal)) return;
        courier.troubles.met(RECORD, error);
        await courier.pause(RETRY_MS, signal);
      } finally {
        clearTimeout(reached);
      }
    }
  }

  private async work(held: AbortSignal): Promise<void> {
    const { book, desk, courier } = this.options;
    try {
      while (!held.aborted) {
        await book.catchUp();
        courier.troubles.over(RECORD);
        if (isAborted(held)) return;
        // Nothing rings for what this has not seen: whoever rings has changed the book, or the courier, before.
        this.follow(held);
        await desk.changed.wait({ timeoutMs: LOOK_EVERY_MS, signal: held });
      }
    } finally {
      for (const { halt } of this.couriers.values()) halt.abort();
      await Promise.all([...this.couriers.values()].map(({ done }) => done));
      this.couriers.clear();
      await courier.recorder.flush();
    }
  }

  /** Halts couriers whose webhook has changed, and sends those that are missing. */
  private follow(held: AbortSignal): void {
    for (const [code, running] of this.couriers) {
      if (running.isDone) this.couriers.delete(code);
      else if (this.active(code, running.run) === undefined) running.halt.abort();
    }
    for (const { code, run, status } of this.options.book.webhooks.values()) {
      if (status === 'ACTIVE' && !this.couriers.has(code)) this.couriers.set(code, this.start(code, run, held));
    }
  }

  private start(code: string, run: string, held: AbortSignal): Running {
    const halt = new AbortController();
    const { desk, courier } = this.options;
    const { troubles, pause } = courier;
    const running: Running = {
      run,
      halt,
      isDone: false,
      done: this.courier(code, run, AbortSignal.any([held, halt.signal]))
        .then(
          () => {
            troubles.over(courierOf(code));
          },
          async (error: unknown) => {
            if (held.aborted) return;
            troubles.met(courierOf(code), error);
            await pause(RETRY_MS, held);
          },
        )
        .finally(() => {
          running.isDone = true;
          desk.changed.ring();
        }),
    };
    return running;
  }

  private async courier(code: string, run: string, signal: AbortSignal): Promise<void> {
    const { book, courier } = this.options;
    // An earlier courier may have come further than what is on record.
    await courier.recorder.flush();
    await book.catchUp();
    const start = this.active(code, run);
    if (start === undefined) return;
    await new Courier(start, () => this.active(code, run), courier).run(signal);
    await courier.recorder.flush();
  }

  private active(code: string, run: string): Webhook | undefined {
    const webhook = this.options.book.webhooks.get(code);
    return webhook?.status === 'ACTIVE' && webhook.run === run ? webhook : undefined;
  }
}
