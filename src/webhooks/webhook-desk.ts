import { NewEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { Bell } from '../kernel/async';
import { conflict, notFound, ok, Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { decide, WebhookCommand, WebhookTerms } from './decide';
import { eventOf, SERVER } from './events';
import { hashOf, SecretStore } from './secret';
import { StopReason, Webhook } from './webhook';
import { WebhookBook } from './webhook-book';

export interface WebhookDeskOptions {
  /** The record of webhooks, apart from the log of the ledger. */
  readonly log: Pick<EventStore, 'append'>;
  readonly stream: string;
  readonly book: WebhookBook;
  readonly secrets: SecretStore;
  readonly now: () => Instant;
  readonly maxWebhooks: number;
  /** Origins that may be reached although they are private, or by http. Only for tests. */
  readonly testOrigins?: ReadonlySet<string>;
}

/** On whose behalf a webhook is asked for or changed. */
export interface WebhookCaller {
  readonly actor: NewEvent['metadata']['actor'];
  readonly isKnown: WebhookTerms['isKnown'];
}

/** How often a change is decided again because others changed webhooks meanwhile. */
const MOST_TRIES = 20;

/** Where webhooks are subscribed and changed. Every change is a fact on record. */
export class WebhookDesk {
  /** Rings when this process has changed a webhook. */
  readonly changed = new Bell();

  constructor(private readonly options: WebhookDeskOptions) {}

  get testOrigins(): ReadonlySet<string> {
    return this.options.testOrigins ?? new Set();
  }

  /** Resolves when webhooks can be asked for and changed without a long wait: the record has been read once. Throws `Outage`. */
  opened(): Promise<void> {
    return this.options.book.opened();
  }

  /** Those that the caller knows of, by their codes. Throws `Outage`. */
  async list({ isKnown }: Pick<WebhookCaller, 'isKnown'>): Promise<readonly Webhook[]> {
    await this.options.book.catchUp();
    const known = [...this.options.book.webhooks.values()].filter(isKnown);
    return known.sort((one, other) => (one.code < other.code ? -1 : 1));
  }

  async find(code: string, { isKnown }: Pick<WebhookCaller, 'isKnown'>): Promise<Result<Webhook>> {
    await this.options.book.catchUp();
    const found = this.options.book.webhooks.get(code);
    return found !== undefined && isKnown(found) ? ok(found) : notFound(`There is no webhook ${code}`);
  }

  /** Keeps the secret before its hash is on record: a webhook on record can always sign. */
  async withSecret(
    secret: string,
    caller: WebhookCaller,
    commandFor: (secretHash: string) => WebhookCommand,
  ): Promise<Result<Webhook | undefined>> {
    const { secrets } = this.options;
    secrets.put(secret);
    const made = await this.change(commandFor(hashOf(secret)), caller);
    if (!made.ok) this.removeUnused(hashOf(secret));
    return made;
  }

  /** The webhook after the change; undefined if it has ended. Refusals: NOT_FOUND, CONFLICT, LIMIT_EXCEEDED. Throws `Outage`. */
  async change(command: WebhookCommand, { actor, isKnown }: WebhookCaller): Promise<Result<Webhook | undefined>> {
    const { log, stream, book, now, maxWebhooks } = this.options;
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      await book.catchUp();
      const before = book.webhooks.get(command.code);
      const decided = decide(book.webhooks, command, { now: now(), maxWebhooks, isKnown });
      if (!decided.ok) return decided;
      if (decided.value === undefined) return ok(before);
      const event = eventOf(decided.value, { actor, at: now() });
      const appended = await log.append(stream, [event], book.revision);
      if (appended.kind === 'conflict') continue;
      await book.catchUp();
      for (const hash of hashesOf(before)) this.removeUnused(hash);
      this.changed.ring();
      return ok(book.webhooks.get(command.code));
    }
    return conflict('Others change webhooks at the same time; try again');
  }

  /** The server gives a webhook up, unless it was changed meanwhile. */
  async stop({ code, run }: Pick<Webhook, 'code' | 'run'>, reason: StopReason): Promise<void> {
    await this.change({ kind: 'stop', code, run, reason }, { actor: SERVER, isKnown: () => true });
  }

  private removeUnused(hash: string): void {
    const { book, secrets } = this.options;
    const isUsed = [...book.webhooks.values()].some((webhook) => hashesOf(webhook).includes(hash));
    if (!isUsed) secrets.remove(hash);
  }
}

const hashesOf = (webhook: Webhook | undefined): readonly string[] =>
  webhook === undefined
    ? []
    : [webhook.secretHash, ...(webhook.previousSecret === undefined ? [] : [webhook.previousSecret.hash])];
