import { matches } from '../../change-feed/filter';
import { scan } from '../../change-feed/scan';
import { LedgerServices } from '../../graphql/context';
import { isAborted } from '../../kernel/async';
import { Refused } from '../../kernel/refusal';
import { readInput } from '../../input/read-input';
import { eventAt } from '../../read-model/event-at';
import { ReadingRequest } from '../../reading/request';
import { Batch, Mail, Reached } from '../../webhooks/delivery/mail';
import { principalOf } from '../../webhooks/subscriber';
import { StopReason, Webhook } from '../../webhooks/webhook';
import { bodyOf } from './body';

/** Changes that are held at a time for one webhook. */
const BATCH = 100;
const BATCH_BYTES = 1_048_576;
/** A wait may last longer than this only by a moment. */
const LOOK_AGAIN_MS = 1_000;

/** The changes of a ledger, as the subscribers of webhooks may see them. */
export class LedgerMail implements Mail {
  constructor(private readonly services: LedgerServices) {}

  async next(webhook: Webhook, reached: Reached, signal: AbortSignal): Promise<Batch | StopReason> {
    const principal = principalOf(webhook.subscriber);
    if (!this.services.policy.mayManageWebhooks(principal).ok) return 'RIGHT_LOST';
    const { changeFilter, calendar } = this.services;
    const filter = readInput(changeFilter, webhook.filter, { calendar });
    if (!filter.ok) return 'FILTER_UNKNOWN';
    const request = new ReadingRequest(this.services, principal, signal);
    const present = await presentOf(request);
    if (present === undefined) return { letters: [], reached };
    const { position: after, mark } = reached;
    if (after > present) return (await this.isBeyondHead(request, after)) ? 'LOG_REPLACED' : { letters: [], reached };
    // A log that was restored may have grown past the position meanwhile.
    if (mark !== undefined && mark !== (await this.markAt(after))) return 'LOG_REPLACED';
    const { changes, position } = await scan(
      request.services.store,
      (change) => matches(filter.value, change, calendar),
      { after, upTo: present, limit: BATCH, maxBytes: BATCH_BYTES },
      request.work,
    );
    const letters = changes.map((change) => ({
      position: change.event.position,
      eventId: change.event.id,
      // Each body is the work of one request.
      body: () => bodyOf(new ReadingRequest(this.services, principal, signal).services, change),
    }));
    return { letters, reached: { position, mark: await this.markAt(position) } };
  }

  async wait(after: bigint, signal: AbortSignal): Promise<void> {
    if (isAborted(signal)) return;
    const left = new AbortController();
    try {
      await Promise.race([
        this.services.store.waitForWatermark(after + 1n, LOOK_AGAIN_MS),
        new Promise((resolve) => {
          signal.addEventListener('abort', resolve, { once: true, signal: left.signal });
        }),
      ]);
    } finally {
      left.abort();
    }
  }

  /** The id of the last event up to the position, whoever may see it. */
  private async markAt(position: bigint): Promise<string | undefined> {
    const { store } = this.services;
    return (await eventAt(store, (await store.pointAt({ position })).position))?.id;
  }

  /** The read models may be behind what was delivered before. */
  private async isBeyondHead(request: ReadingRequest<LedgerServices>, position: bigint): Promise<boolean> {
    const resolved = await request.services.reader.resolve({ position });
    if (resolved.ok) return false;
    if (resolved.refusal.kind === 'AS_OF_IN_FUTURE') return true;
    throw new Refused(resolved.refusal);
  }
}

/** undefined while the read models are being built. */
async function presentOf(request: ReadingRequest<LedgerServices>): Promise<bigint | undefined> {
  try {
    return (await request.present()).position;
  } catch (error) {
    if (error instanceof Refused && error.refusal.kind === 'READ_MODEL_BEHIND') return undefined;
    throw error;
  }
}
