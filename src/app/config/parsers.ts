import { z } from 'zod';
import { Origins } from '../../http/cors';
import { parseRedisUrl, REDIS_URL_EXPECTED, RedisTarget } from '../../read-model/adapters/redis/redis-url';

export const ROLES = ['api', 'projector'] as const;
export type Role = (typeof ROLES)[number];

export const integer = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `expected a whole number from ${from} to ${to}`);

export const flag = z.enum(['0', '1'], 'expected 0 or 1').transform((text) => text === '1');

export const oneOf = <const Name extends string>(names: readonly Name[]) =>
  z.enum(names, `expected one of ${names.join(', ')}`);

export const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https URL' });

export const timeZone = z.string().refine(isTimeZone, 'expected an IANA time zone');

export const redisTarget = z.string().transform((url, context): RedisTarget => {
  const target = parseRedisUrl(url);
  if (target !== undefined) return target;
  context.addIssue({ code: 'custom', message: REDIS_URL_EXPECTED });
  return z.NEVER;
});

export const roles = z.string().transform((text, context): ReadonlySet<Role> => {
  const given = new Set(text.split(',').map((role) => role.trim()));
  const known = ROLES.filter((role) => given.has(role));
  if (known.length === given.size) return new Set(known);
  context.addIssue({ code: 'custom', message: `expected one or both of ${ROLES.join(', ')}, separated by a comma` });
  return z.NEVER;
});

export const corsOrigins = z.string().transform((text, context): Origins => {
  const origins = text.split(',').map((origin) => origin.trim());
  if (origins.length === 1 && origins[0] === '*') return '*';
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (wrong === undefined) return origins;
  const message = `expected *, or origins as browsers send them, such as https://budget.example,http://localhost:5173; not "${wrong}"`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** Browsers send scheme and host in lower case, without the scheme's default port, and without a path. */
const isOrigin = (text: string): boolean =>
  /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
