import { z } from 'zod';
import { ROLES } from '../auth/principal';
import { JsonObject } from '../kernel/json';
import { formatInstant, readInstant } from '../kernel/time';
import { ATTEMPT_OUTCOMES } from './attempt';

/** What is written of webhooks as JSON, read again. */
export const Text = z.string();
export const Count = z.int().nonnegative();
export const Time = Text.transform(readInstant).refine((at) => !Number.isNaN(at));
export const Position = Text.regex(/^\d{1,20}$/).transform(BigInt);
export const Hash = Text.regex(/^[0-9a-f]{64}$/);
export const Filter = z.record(Text, z.json()).transform((filter): JsonObject => filter);

export const Subscriber = z.object({
  sub: Text,
  name: Text.optional(),
  roles: z.array(z.enum(ROLES)).readonly(),
  departments: z.array(Text).readonly(),
  readDepartments: z.array(Text).readonly(),
});

export const Attempt = z.object({
  position: Position,
  eventId: Text,
  number: Count,
  at: Time,
  ms: Count,
  outcome: z.enum(ATTEMPT_OUTCOMES),
  status: Count.optional(),
  retryAfterMs: Count.optional(),
});

/** The form in JSON: positions and times as texts. */
export function inJson(value: unknown, name = ''): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && TIMES.has(name)) return formatInstant(value);
  if (Array.isArray(value)) return value.map((item) => inJson(item));
  if (typeof value !== 'object' || value === null) return value;
  // A filter is kept as it was sent.
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, key === 'filter' ? member : inJson(member, key)]));
}

const TIMES: ReadonlySet<string> = new Set(['at', 'until', 'previousUntil', 'subscribedAt']);
