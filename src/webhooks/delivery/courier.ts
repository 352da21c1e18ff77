import { isAborted } from '../../kernel/async';
import { LastingTroubles } from '../../kernel/lasting-troubles';
import { Slots } from '../../kernel/slots';
import { Telemetry } from '../../kernel/telemetry';
import { Instant } from '../../kernel/time';
import { Attempt } from '../attempt';
import { delayAfter, dueAfter, MOST_RETRY_AFTER_MS } from '../back-off';
import { SecretStore } from '../secret';
import { signedHeaders } from '../signing';
import { StopReason, Webhook } from '../webhook';
import { AttemptRecorder } from './attempt-recorder';
import { Letter, Mail, Reached } from './mail';
import { PostResult, SendPost } from './post';

export interface CourierServices {
  readonly mail: Mail;
  readonly send: SendPost;
  readonly secrets: Pick<SecretStore, 'get'>;
  readonly recorder: AttemptRecorder;
  /** Limits how many deliveries run at the same time. */
  readonly slots: Slots;
  readonly stop: (webhook: Webhook, reason: StopReason) => Promise<void>;
  readonly now: () => Instant;
  /** Resolves after the time, or when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly telemetry: Telemetry;
  readonly troubles: LastingTroubles;
  readonly userAgent: string;
}

/** After an error that is not of the receiver. */
const RETRY_MS = 1_000;
/** The receiver wants no more (Standard Webhooks). */
const GONE = 410;
/** Too many requests, and out of service: with these, `Retry-After` says when to come again (RFC 6585, RFC 9110). */
const ASKS_FOR_TIME: ReadonlySet<number> = new Set([429, 503]);

/** Names the part of the work that delivers to one webhook. */
export const courierOf = (code: string): string => `webhook ${code}`;

type Step = 'on' | 'over';

/**
 * Delivers to one webhook: one change after the other, in the order of the log. The next one is sent after the receiver has taken the
 * one before it. What is on record of its progress is never ahead of the receiver, so a change is delivered at least once.
 */
export class Courier {
  private readonly part: string;
  private reached: Reached;
  private failures: number;
  private lastAttempt: Webhook['lastAttempt'];

  constructor(
    start: Webhook,
    /** The webhook as it is on record now; undefined if deliveries of this run have to end. */
    private readonly current: () => Webhook | undefined,
    private readonly services: CourierServices,
  ) {
    this.part = courierOf(start.code);
    this.reached = { position: start.position, mark: start.mark };
    this.failures = start.failures;
    this.lastAttempt = start.lastAttempt;
  }

  /** Delivers until the signal aborts, or until the webhook pauses, stops or ends. */
  async run(signal: AbortSignal): Promise<void> {
    const { troubles, pause } = this.services;
    while (!signal.aborted) {
      try {
        if ((await this.round(signal)) === 'over') return;
        troubles.over(this.part);
      } catch (error) {
        if (isAborted(signal)) return;
        troubles.met(this.part, error);
        await pause(RETRY_MS, signal);
      }
    }
  }

  private async round(signal: AbortSignal): Promise<Step> {
    const { mail, recorder } = this.services;
    const webhook = this.current();
    if (webhook === undefined) return 'over';
    const batch = await mail.next(webhook, this.reached, signal);
    if (typeof batch === 'string') return this.stop(webhook, batch);
    for (const letter of batch.letters) {
      if ((await this.deliver(letter, signal)) === 'over') return 'over';
    }
    const { position, mark } = this.reached;
    const isNews = batch.reached.position > position || batch.reached.mark !== mark;
    if (isNews) {
      this.reached = batch.reached;
      recorder.advanced(webhook, batch.reached);
    } else if (batch.letters.length === 0) {
      await mail.wait(position, signal);
    }
    return 'on';
  }

  /** Tries until the receiver has taken the change. */
  private async deliver(letter: Letter, signal: AbortSignal): Promise<Step> {
    const { recorder, slots, telemetry } = this.services;
    for (;;) {
      await this.waitForTurn(signal);
      // What cannot be recorded would be delivered again after the next start.
      if (recorder.isStuck) await recorder.flush();
      const webhook = this.current();
      if (isAborted(signal) || webhook === undefined) return 'over';
      const attempt = await slots.run(webhook.code, () => this.attempt(webhook, letter, signal));
      const isDelivered = attempt.outcome === 'DELIVERED';
      this.failures = isDelivered ? 0 : this.failures + 1;
      this.lastAttempt = attempt;
      if (isDelivered) this.reached = { position: letter.position, mark: letter.eventId };
      recorder.made(webhook, attempt, { ...this.reached, failures: this.failures });
      telemetry.report({ kind: 'webhook-attempt', delivered: isDelivered });
      if (isDelivered) return 'on';
      if (attempt.status === GONE) return this.stop(webhook, 'GONE');
      if (delayAfter(this.failures) === undefined) return this.stop(webhook, 'FAILURES');
    }
  }

  /** After failures: until the next attempt is due. A clock that was set back lets nobody wait longer. */
  private async waitForTurn(signal: AbortSignal): Promise<void> {
    const due = dueAfter(this.failures, this.lastAttempt);
    if (due === undefined || this.lastAttempt === undefined) return;
    const left = Math.min(due - this.lastAttempt.at, due - this.services.now());
    if (left > 0) await this.services.pause(left, signal);
  }

  private async attempt(webhook: Webhook, letter: Letter, signal: AbortSignal): Promise<Attempt> {
    const { now, send, userAgent } = this.services;
    const of = { position: letter.position, eventId: letter.eventId, number: this.failures + 1 };
    const at = now();
    const secrets = this.secretsOf(webhook, at);
    if (secrets.length === 0) return { ...of, at, ms: 0, outcome: 'SECRET_MISSING' };
    const body = await letter.body();
    const began = performance.now();
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': userAgent,
      ...signedHeaders({ id: letter.eventId, at, body }, secrets),
    };
    const result = await send({ url: webhook.url, headers, body }, signal);
    return { ...of, at, ms: Math.round(performance.now() - began), ...outcomeOf(result) };
  }

  /** The present secret first. None if this process does not have it: a receiver could take a single signature for a forgery. */
  private secretsOf({ secretHash, previousSecret }: Webhook, at: Instant): readonly string[] {
    const { secrets } = this.services;
    const present = secrets.get(secretHash);
    if (present === undefined) return [];
    const previous =
      previousSecret !== undefined && at < previousSecret.until ? secrets.get(previousSecret.hash) : undefined;
    return previous === undefined ? [present] : [present, previous];
  }

  private async stop(webhook: Webhook, reason: StopReason): Promise<Step> {
    const { recorder, stop, telemetry } = this.services;
    await recorder.flush();
    await stop(webhook, reason);
    telemetry.report({ kind: 'webhook-stopped', webhook: webhook.code, reason });
    return 'over';
  }
}

function outcomeOf(result: PostResult): Pick<Attempt, 'outcome' | 'status' | 'retryAfterMs'> {
  if (result.kind === 'failed') return { outcome: result.outcome };
  const { status, retryAfterMs } = result;
  if (status >= 200 && status < 300) return { outcome: 'DELIVERED', status };
  const wait = ASKS_FOR_TIME.has(status) ? Math.min(retryAfterMs, MOST_RETRY_AFTER_MS) : 0;
  return { outcome: 'REFUSED', status, ...(wait === 0 ? {} : { retryAfterMs: wait }) };
}
