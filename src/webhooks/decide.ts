import { JsonObject } from '../kernel/json';
import { limitExceeded, conflict, notFound, ok, Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { WebhookFact } from './events';
import { Webhooks } from './evolve';
import { StopReason, Subscriber, Webhook } from './webhook';

/** What somebody wants of a webhook. `stop` is what the server does. */
export type WebhookCommand =
  | {
      readonly kind: 'subscribe';
      readonly code: string;
      readonly url: string;
      readonly filter: JsonObject;
      readonly after: bigint;
      readonly secretHash: string;
      readonly subscriber: Subscriber;
    }
  | { readonly kind: 'pause' | 'resume' | 'end'; readonly code: string }
  | { readonly kind: 'replay'; readonly code: string; readonly after: bigint }
  | {
      readonly kind: 'change-secret';
      readonly code: string;
      readonly secretHash: string;
      /** For how long the secret before signs too. */
      readonly keepMs: number;
    }
  | { readonly kind: 'stop'; readonly code: string; readonly run: string; readonly reason: StopReason };

export interface WebhookTerms {
  readonly now: Instant;
  readonly maxWebhooks: number;
  /** Others do not exist for who asks. */
  readonly isKnown: (webhook: Webhook) => boolean;
}

/** The fact that the command makes, or none if all is as it wants already. */
export function decide(
  webhooks: Webhooks,
  command: WebhookCommand,
  { now, maxWebhooks, isKnown }: WebhookTerms,
): Result<WebhookFact | undefined> {
  const { code } = command;
  const found = webhooks.get(code);
  if (command.kind === 'subscribe') {
    if (found !== undefined) return conflict(`There is a webhook ${code} already`);
    if (webhooks.size >= maxWebhooks) return limitExceeded('maxWebhooks', 'There are too many webhooks; end one first');
    const { url, filter, after, secretHash, subscriber } = command;
    return fact({ type: 'WebhookSubscribed', data: { webhook: code, url, filter, after, secretHash, subscriber } });
  }
  if (found === undefined || !isKnown(found)) return notFound(`There is no webhook ${code}`);
  const data = { webhook: code };
  switch (command.kind) {
    case 'pause':
      return found.status === 'ACTIVE' ? fact({ type: 'WebhookPaused', data }) : NOTHING;
    case 'resume':
      return found.status === 'ACTIVE' ? NOTHING : fact({ type: 'WebhookResumed', data });
    case 'end':
      return fact({ type: 'WebhookEnded', data });
    case 'replay':
      return fact({ type: 'WebhookReplayed', data: { ...data, after: command.after } });
    case 'change-secret': {
      const { secretHash, keepMs } = command;
      if (secretHash === found.secretHash) return NOTHING;
      const previousUntil = keepMs === 0 ? undefined : now + keepMs;
      return fact({ type: 'WebhookSecretChanged', data: { ...data, secretHash, previousUntil } });
    }
    case 'stop': {
      const { run, reason } = command;
      const isMeant = found.status === 'ACTIVE' && found.run === run;
      return isMeant ? fact({ type: 'WebhookStopped', data: { ...data, reason } }) : NOTHING;
    }
    default:
      return command satisfies never;
  }
}

const NOTHING = ok(undefined);
const fact = (made: WebhookFact): Result<WebhookFact> => ok(made);
