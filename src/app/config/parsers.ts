import { z } from 'zod';
import { ClaimPath, parseClaimPath } from '../../auth/claim-path';
import { clientAddress } from '../../http/client-address';
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

/** Limits are reported as Int. */
export const MOST_RATE_POINTS = 200_000_000;
const MOST_RATE_SECONDS = 86_400;

export interface RateLimit {
  readonly points: number;
  readonly windowSeconds: number;
}

export const rateLimit = z.string().transform((text, context): RateLimit | 'off' => {
  if (text === 'off') return text;
  const [, points, seconds = '60'] = /^(\d{1,9})(?:\/(\d{1,5}))?$/.exec(text) ?? [];
  const limit = { points: Number(points), windowSeconds: Number(seconds) };
  const isValid = limit.points >= 1 && limit.points <= MOST_RATE_POINTS && limit.windowSeconds >= 1;
  if (isValid && limit.windowSeconds <= MOST_RATE_SECONDS) return limit;
  const message = `expected points, or points/seconds, such as 6000/60: at most ${MOST_RATE_POINTS} points in 1 to ${MOST_RATE_SECONDS} seconds; or off`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const proxies = z.string().transform((text, context): readonly string[] => {
  const listed = text.split(',').map((proxy) => proxy.trim());
  try {
    clientAddress(listed);
    // The library would also take 1 for 0.0.0.1.
    if (listed.every((proxy) => /[a-z.:]/.test(proxy))) return listed;
  } catch {
    // The same message as for a number.
  }
  const message =
    'expected addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const claimPath = z.string().transform((text, context): ClaimPath => {
  const path = parseClaimPath(text);
  if (path !== undefined) return path;
  const message = `expected the name of a claim, names separated by dots, a URL, or a JSON Pointer such as /a.b/roles; not "${text}"`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

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

export const originList = z.string().transform((text, context): readonly string[] => {
  const origins = text.split(',').map((origin) => origin.trim());
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (wrong === undefined) return origins;
  const message = `expected origins separated by commas, such as http://127.0.0.1:8099; not "${wrong}"`;
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
