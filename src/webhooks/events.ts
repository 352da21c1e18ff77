import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ROLES } from '../auth/principal';
import { NewEvent, StoredEvent } from '../event-store/envelope';
import { newSalt } from '../event-store/salt';
import { JsonObject } from '../kernel/json';
import { CorruptLedger } from '../kernel/outage';
import { formatInstant, Instant, readInstant } from '../kernel/time';
import { ATTEMPT_OUTCOMES } from './attempt';
import { STOP_REASONS } from './webhook';

/** Who is written down as the actor of what the server does by itself. */
export const SERVER = { sub: 'mingjian' };

const SCHEMA_VERSION = 1;

const Text = z.string();
const Count = z.int().nonnegative();
const Time = Text.transform(readInstant).refine((at) => !Number.isNaN(at));
const Position = Text.regex(/^\d{1,20}$/).transform(BigInt);
const Hash = Text.regex(/^[0-9a-f]{64}$/);

const Subscriber = z.object({
  sub: Text,
  name: Text.optional(),
  roles: z.array(z.enum(ROLES)).readonly(),
  departments: z.array(Text).readonly(),
  readDepartments: z.array(Text).readonly(),
});

const Attempt = z.object({
  position: Position,
  eventId: Text,
  number: Count,
  at: Time,
  ms: Count,
  outcome: z.enum(ATTEMPT_OUTCOMES),
  status: Count.optional(),
  retryAfterMs: Count.optional(),
});

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
    filter: z.record(Text, z.json()).transform((filter): JsonObject => filter),
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
  return { id: randomUUID(), type, data: stored(data) as JsonObject, metadata };
}

/** The form in JSON: positions and times as texts. */
function stored(value: unknown, name = ''): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && TIMES.has(name)) return formatInstant(value);
  if (Array.isArray(value)) return value.map((item) => stored(item));
  if (typeof value !== 'object' || value === null) return value;
  // A filter is kept as it was sent.
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, key === 'filter' ? member : stored(member, key)]));
}

const TIMES: ReadonlySet<string> = new Set(['at', 'previousUntil']);

/** Throws `CorruptLedger` if the event is none of these. */
export function factOf({ id, type, data, metadata, position }: StoredEvent): RecordedFact {
  const schema: z.ZodType | undefined = Object.hasOwn(DATA, type) ? DATA[type as Type] : undefined;
  const parsed = schema?.safeParse(data);
  if (parsed?.success !== true) {
    throw new CorruptLedger(`The record of webhooks has a malformed event at position ${String(position)}`);
  }
  return { id, at: readInstant(metadata.effectiveAt), type, data: parsed.data } as RecordedFact;
}
