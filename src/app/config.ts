import { z } from 'zod';
import { Origins } from '../http/cors';
import { isSafeSecret, MIN_SECRET_BYTES } from '../auth/shared-secret';
import { isLoopback } from '../machine/loopback';
import { MAXMEMORY_POLICIES, MaxmemoryPolicy } from '../read-model/adapters/redis/eviction-policy';
import { parseRedisUrl, REDIS_URL_EXPECTED, RedisTarget } from '../read-model/adapters/redis/redis-url';

/** The whole configuration, from environment variables; docs/configuration.md lists them. */
export interface Config {
  readonly host: string;
  /** undefined: 4000, or in demo mode the next free port. */
  readonly port?: number;
  readonly dataDir: string;
  readonly timeZone: string;
  readonly streamPrefix: string;
  readonly demo: boolean;
  /** Whether demo mode may listen on an address that other machines can reach. */
  readonly demoPublic: boolean;
  readonly auth: AuthConfig;
  /** How long a request waits for the read models: a read, or a mutation that waits for its own write. */
  readonly patienceMs: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Connection string of EventStoreDB or KurrentDB; undefined: the embedded store. */
  readonly eventStoreUrl?: string;
  /** undefined: read models in this process's memory. */
  readonly redis?: RedisTarget;
  /** A maxmemory-policy of Redis that the operator allows besides noeviction. */
  readonly maxmemoryPolicy?: MaxmemoryPolicy;
  readonly roles: ReadonlySet<Role>;
  /** The origins whose pages may call the server from a browser; undefined: only its own page. */
  readonly corsOrigins?: Origins;
}

export type Role = (typeof ROLES)[number];

export interface AuthConfig {
  readonly secret?: string;
  readonly jwksUrl?: string;
  readonly issuer?: string;
  readonly audience?: string;
}

/** A wrong value. The message has the name of the variable and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const ROLES = ['api', 'projector'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const integer = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `expected a whole number from ${from} to ${to}`);

const Environment = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: integer(0, 65_535).optional(),
    DATA_DIR: z.string().default('./data'),
    LEDGER_TIME_ZONE: z.string().refine(isTimeZone, 'expected an IANA time zone').default('Asia/Shanghai'),
    STREAM_PREFIX: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,31}-$/, 'expected lower-case letters and digits, ending with -')
      .default('mingjian-'),
    DEMO: z.enum(['0', '1'], 'expected 0 or 1').default('0'),
    DEMO_PUBLIC: z.enum(['0', '1'], 'expected 0 or 1').default('0'),
    AUTH_JWT_SECRET: z
      .string()
      .refine(isSafeSecret, `expected at least ${MIN_SECRET_BYTES} bytes, not all of them spaces`)
      .optional(),
    AUTH_JWKS_URL: z.url({ protocol: /^https?$/, error: 'expected an http or https URL' }).optional(),
    AUTH_ISSUER: z.string().optional(),
    AUTH_AUDIENCE: z.string().optional(),
    PATIENCE_MS: integer(0, 60_000).default(2_000),
    LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).default('info'),
    EVENTSTORE_URL: z
      .string()
      .regex(
        /^(esdb|kurrentdb|kdb|kurrent)(\+discover)?:\/\/[^/]/,
        'expected kurrentdb://host:2113 or esdb://host:2113, with +discover for a cluster',
      )
      .optional(),
    REDIS_URL: z.string().transform(redisTarget).optional(),
    REDIS_MAXMEMORY_POLICY: z.enum(MAXMEMORY_POLICIES, `expected one of ${MAXMEMORY_POLICIES.join(', ')}`).optional(),
    ROLES: z.string().transform(rolesIn).default(new Set(ROLES)),
    CORS_ORIGINS: z.string().transform(originsIn).optional(),
  })
  .refine((env) => env.DEMO === '0' || !env.EVENTSTORE_URL, {
    path: ['EVENTSTORE_URL'],
    message: 'expected not to be set in demo mode, whose ledger is in the embedded store',
  })
  .refine((env) => env.REDIS_URL || env.ROLES.size === ROLES.length, {
    path: ['ROLES'],
    message: 'expected both roles, or REDIS_URL: read models in memory are visible only to their own process',
  })
  .refine((env) => !env.AUTH_JWT_SECRET || !env.AUTH_JWKS_URL, {
    path: ['AUTH_JWKS_URL'],
    message: 'expected not to be set together with AUTH_JWT_SECRET',
  })
  .refine((env) => env.DEMO === '0' || !env.AUTH_JWKS_URL, {
    path: ['AUTH_JWKS_URL'],
    message: 'expected not to be set in demo mode, which makes its own tokens',
  });

const ServerEnvironment = Environment.refine((env) => env.DEMO === '1' || env.AUTH_JWT_SECRET || env.AUTH_JWKS_URL, {
  path: ['AUTH_JWT_SECRET'],
  message: 'expected a secret, or AUTH_JWKS_URL: outside demo mode, tokens must be verified',
}).refine((env) => env.DEMO === '0' || env.DEMO_PUBLIC === '1' || isLoopback(env.HOST), {
  path: ['HOST'],
  message:
    'expected a loopback address (127.0.0.1, ::1, localhost) in demo mode, which gives everyone a token; DEMO_PUBLIC=1 allows every address',
});

/**
 * An empty variable counts as not set. A command-line tool receives no tokens, so it needs none of the variables that begin
 * with AUTH. Throws `ConfigError`.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  purpose: 'server' | 'tool' = 'server',
): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = (purpose === 'server' ? ServerEnvironment : Environment).safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigError(problems.join('; '));
  }
  const env = parsed.data;
  return {
    host: env.HOST,
    port: env.PORT,
    dataDir: env.DATA_DIR,
    timeZone: env.LEDGER_TIME_ZONE,
    streamPrefix: env.STREAM_PREFIX,
    demo: env.DEMO === '1',
    demoPublic: env.DEMO_PUBLIC === '1',
    auth: {
      secret: env.AUTH_JWT_SECRET,
      jwksUrl: env.AUTH_JWKS_URL,
      issuer: env.AUTH_ISSUER,
      audience: env.AUTH_AUDIENCE,
    },
    patienceMs: env.PATIENCE_MS,
    logLevel: env.LOG_LEVEL,
    eventStoreUrl: env.EVENTSTORE_URL,
    redis: env.REDIS_URL,
    maxmemoryPolicy: env.REDIS_MAXMEMORY_POLICY,
    roles: env.ROLES,
    corsOrigins: env.CORS_ORIGINS,
  };
}

function redisTarget(url: string, context: z.RefinementCtx): RedisTarget {
  const target = parseRedisUrl(url);
  if (target !== undefined) return target;
  context.addIssue({ code: 'custom', message: REDIS_URL_EXPECTED });
  return z.NEVER;
}

function rolesIn(text: string, context: z.RefinementCtx): ReadonlySet<Role> {
  const roles = new Set(text.split(',').map((role) => role.trim()));
  const known = ROLES.filter((role) => roles.has(role));
  if (known.length === roles.size) return new Set(known);
  context.addIssue({ code: 'custom', message: `expected one or both of ${ROLES.join(', ')}, separated by a comma` });
  return z.NEVER;
}

function originsIn(text: string, context: z.RefinementCtx): Origins {
  const origins = text.split(',').map((origin) => origin.trim());
  if (origins.length === 1 && origins[0] === '*') return '*';
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (wrong === undefined) return origins;
  const message = `expected *, or origins as browsers send them, such as https://budget.example,http://localhost:5173; not "${wrong}"`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

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
