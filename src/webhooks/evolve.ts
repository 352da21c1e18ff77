import { KEPT_ATTEMPTS } from './attempt';
import { RecordedFact, WebhookProgress } from './events';
import { Webhook } from './webhook';

/** The webhooks that have not ended, by their codes. */
export type Webhooks = ReadonlyMap<string, Webhook>;

/** Applies a fact to the webhooks. */
export function evolve(webhooks: Map<string, Webhook>, fact: RecordedFact): void {
  switch (fact.type) {
    case 'WebhookSubscribed': {
      const { webhook: code, after, ...rest } = fact.data;
      const started = { run: fact.id, position: after, failures: 0, attempts: [] };
      webhooks.set(code, { code, ...rest, ...started, subscribedAt: fact.at, status: 'ACTIVE' });
      return;
    }
    case 'WebhookPaused':
      change(webhooks, fact.data.webhook, { status: 'PAUSED', stopReason: undefined });
      return;
    case 'WebhookResumed':
      change(webhooks, fact.data.webhook, { status: 'ACTIVE', stopReason: undefined, failures: 0 });
      return;
    case 'WebhookStopped':
      change(webhooks, fact.data.webhook, { status: 'STOPPED', stopReason: fact.data.reason });
      return;
    case 'WebhookSecretChanged': {
      const { webhook, secretHash, previousUntil: until } = fact.data;
      const hash = webhooks.get(webhook)?.secretHash;
      const previousSecret = hash === undefined || until === undefined ? undefined : { hash, until };
      change(webhooks, webhook, { secretHash, previousSecret });
      return;
    }
    case 'WebhookReplayed':
      change(webhooks, fact.data.webhook, { run: fact.id, position: fact.data.after, mark: undefined, failures: 0 });
      return;
    case 'WebhookEnded':
      webhooks.delete(fact.data.webhook);
      return;
    case 'WebhookAttemptsMade':
      for (const progress of fact.data.webhooks) move(webhooks, progress);
      return;
    default:
      fact satisfies never;
  }
}

function change(webhooks: Map<string, Webhook>, code: string, changed: Partial<Webhook>): void {
  const webhook = webhooks.get(code);
  if (webhook !== undefined) webhooks.set(code, { ...webhook, ...changed });
}

/** Attempts of an earlier run, or of a process that has not noticed that another one delivers now, never move a webhook back. */
function move(
  webhooks: Map<string, Webhook>,
  { webhook: code, run, position, mark, failures, attempts }: WebhookProgress,
): void {
  const webhook = webhooks.get(code);
  if (webhook === undefined) return;
  const kept = { ...webhook, attempts: [...webhook.attempts, ...attempts].slice(-KEPT_ATTEMPTS) };
  const isOld = run !== webhook.run || position < webhook.position;
  webhooks.set(
    code,
    isOld ? kept : { ...kept, position, mark, failures, lastAttempt: attempts.at(-1) ?? webhook.lastAttempt },
  );
}
