import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { NewEvent, StoredEvent } from '../event-store/envelope';
import { newSalt } from '../event-store/salt';
import { JsonObject } from '../kernel/json';
import { CorruptLedger } from '../kernel/outage';
import { formatInstant, Instant, readInstant } from '../kernel/time';
import { Attempt, Count, Filter, Hash, inJson, Position, Subscriber, Text, Time } from './values';
import { STOP_REASONS } from './webhook';

/** Who is written down as the actor of what the server does by itself. */
export const SERVER = { sub: 'mingjian' };

const SCHEMA_VERSION = 1;

/** What attempts did to one webhook, since this was recorded last. */
const Progress = z.object({
  webhook: Text,
  run: Text,
  position: Position,
  mark: Text.optional(),
  failures: Count,
  attempts: z.array(Attempt),
});

const DATA = {
  WebhookSubscribed: z.object({
    webhook: Text,
    url: Text,
    filter: Filter,
    after: Position,
    secretHash: Hash,
    subscriber: Subscriber,
  }),
  WebhookPaused: z.object({ webhook: Text }),
  WebhookResumed: z.object({ webhook: Text }),
  WebhookStopped: z.object({ webhook: Text, reason: z.enum(STOP_REASONS) }),
  WebhookSecretChanged: z.object({ webhook: Text, secretHash: Hash, previousUntil: Time.optional() }),
  WebhookReplayed: z.object({ webhook: Text, after: Position }),
  WebhookEnded: z.object({ webhook: Text }),
  WebhookAttemptsMade: z.object({ webhooks: z.array(Progress) }),
} as const;

type Type = keyof typeof DATA;
type DataOf = { readonly [Name in Type]: z.infer<(typeof DATA)[Name]> };

/** A fact about webhooks. */
export type WebhookFact = { readonly [Name in Type]: { readonly type: Name; readonly data: DataOf[Name] } }[Type];

/** A fact on record: by which event, and when. */
export type RecordedFact = WebhookFact & { readonly id: string; readonly at: Instant };

export type WebhookProgress = DataOf['WebhookAttemptsMade']['webhooks'][number];

/** The event that records a fact. */
export function eventOf(
  { type, data }: WebhookFact,
  { actor, at }: { readonly actor: NewEvent['metadata']['actor']; readonly at: Instant },
): NewEvent {
  const metadata = { schemaVersion: SCHEMA_VERSION, effectiveAt: formatInstant(at), actor, salt: newSalt() };
  return { id: randomUUID(), type, data: inJson(data) as JsonObject, metadata };
}

/** Throws `CorruptLedger` if the event is none of these. */
export function factOf({ id, type, data, metadata, position }: StoredEvent): RecordedFact {
  const schema: z.ZodType | undefined = Object.hasOwn(DATA, type) ? DATA[type as Type] : undefined;
  const parsed = schema?.safeParse(data);
  if (parsed?.success !== true) {
    throw new CorruptLedger(`The record of webhooks has a malformed event at position ${String(position)}`);
  }
  return { id, at: readInstant(metadata.effectiveAt), type, data: parsed.data } as RecordedFact;
}
