import { EventStore } from '../../event-store/event-store';
import { SharedWork } from '../../kernel/async';
import { LastingTroubles } from '../../kernel/lasting-troubles';
import { Instant } from '../../kernel/time';
import { Attempt } from '../attempt';
import { eventOf, SERVER, WebhookProgress } from '../events';
import { Webhook } from '../webhook';
import { Reached } from './mail';

export interface AttemptRecorderOptions {
  /** The record of webhooks, apart from the log of the ledger. */
  readonly log: Pick<EventStore, 'append'>;
  readonly stream: string;
  readonly now: () => Instant;
  readonly troubles: LastingTroubles;
}

/** After a delivery, its event is written at the latest after this time. Whoever kills the server sees these deliveries again. */
export const RECORD_EVERY_MS = 5_000;
/** If nothing matched, only how far the log was looked through has changed. */
const ADVANCE_EVERY_MS = 600_000;
/** Of one webhook in one event: the newest. */
const MOST_ATTEMPTS = 20;

const ATTEMPTS = 'attempts to record';
const reportedAlready = (): void => undefined;

type Of = Pick<Webhook, 'code' | 'run'>;

/** Puts on record how far deliveries have come: one event for the attempts of a few seconds, of all webhooks. */
export class AttemptRecorder {
  private waiting = new Map<string, WebhookProgress>();
  private timer: { readonly due: number; readonly handle: NodeJS.Timeout } | undefined;
  private isClosed = false;
  private isFailing = false;
  private readonly writing = new SharedWork(() => this.write());

  constructor(private readonly options: AttemptRecorderOptions) {}

  made(
    { code, run }: Of,
    attempt: Attempt,
    { position, mark, failures }: Pick<Webhook, 'position' | 'mark' | 'failures'>,
  ): void {
    this.add({ webhook: code, run, position, mark, failures, attempts: [attempt] });
    this.writeWithin(RECORD_EVERY_MS);
  }

  /** Nothing up to here matched. */
  advanced({ code, run }: Of, { position, mark }: Reached): void {
    this.add({ webhook: code, run, position, mark, failures: 0, attempts: [] });
    this.writeWithin(ADVANCE_EVERY_MS);
  }

  /** Resolves when everything that was reported before the call is on record. Throws `Outage`. */
  flush(): Promise<void> {
    return this.writing.run();
  }

  /** Whether attempts could not be recorded the last time. Then nothing more is delivered until they are. */
  get isStuck(): boolean {
    return this.isFailing;
  }

  async close(): Promise<void> {
    await this.flush().catch(reportedAlready);
    this.isClosed = true;
    clearTimeout(this.timer?.handle);
  }

  private add(progress: WebhookProgress): void {
    const key = `${progress.webhook} ${progress.run}`;
    const before = this.waiting.get(key);
    this.waiting.set(key, before === undefined ? progress : joined(before, progress));
  }

  private writeWithin(ms: number): void {
    const due = performance.now() + ms;
    if (this.isClosed || (this.timer !== undefined && this.timer.due <= due)) return;
    clearTimeout(this.timer?.handle);
    const handle = setTimeout(() => {
      this.flush().catch(reportedAlready);
    }, ms);
    this.timer = { due, handle };
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer?.handle);
    this.timer = undefined;
    const taken = this.waiting;
    if (taken.size === 0) return;
    this.waiting = new Map();
    const { log, stream, now, troubles } = this.options;
    const data = { webhooks: [...taken.values()] };
    try {
      await log.append(stream, [eventOf({ type: 'WebhookAttemptsMade', data }, { actor: SERVER, at: now() })], 'any');
      this.isFailing = false;
      troubles.over(ATTEMPTS);
    } catch (error) {
      this.isFailing = true;
      troubles.met(ATTEMPTS, error);
      const later = this.waiting;
      this.waiting = taken;
      for (const progress of later.values()) this.add(progress);
      this.writeWithin(RECORD_EVERY_MS);
      throw error;
    }
  }
}

const joined = (before: WebhookProgress, after: WebhookProgress): WebhookProgress => ({
  ...after,
  attempts: [...before.attempts, ...after.attempts].slice(-MOST_ATTEMPTS),
});
