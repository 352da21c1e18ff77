import { z } from 'zod';
import { DEFAULT_LIMITS } from '../../kernel/limits';
import { TRUST_MODES } from '../../graphql/trusted-documents/trust';
import { MAXMEMORY_POLICIES } from '../../read-model/adapters/redis/eviction-policy';
import { AUTH_SETTINGS } from './auth-settings';
import { CONNECTION_SETTINGS } from './connection-settings';
import { FEDERATION_SETTINGS } from './federation-settings';
import { withoutCredentials } from './masking';
import {
  corsOrigins,
  flag,
  httpUrl,
  integer,
  MOST_RATE_POINTS,
  oneOf,
  proxies,
  rateLimit,
  redisTarget,
  roles,
  timeZone,
} from './parsers';
import { OUTSIDE_SETTINGS, WITNESS_SETTINGS } from './outside-settings';
import { PAGE_SETTINGS } from './page-settings';
import { SIGNING_SETTINGS } from './signing-settings';
import { setting, settingsIn, ValuesOf } from './setting';
import { WEBHOOK_SETTINGS } from './webhook-settings';

const READ_LOG_SETTINGS = ['required', 'best-effort', 'off'] as const;
const READ_MODELS = ['memory', 'sqlite'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** Each setting, declared once. `npm run settings` prints the table of docs/configuration.md from here. */
export const SETTINGS = {
  host: setting('HOST', {
    parser: z.string(),
    default: '127.0.0.1',
    meaning: 'the address on which HTTP, WebSocket and SSE listen; in demo mode a loopback address only',
  }),
  port: setting('PORT', {
    parser: integer(0, 65_535),
    otherwise: '4000; in demo mode the next free port from 4000 on',
    meaning: 'the port on which they listen; `0` takes any free port',
  }),
  dataDir: setting('DATA_DIR', {
    guards: 'ledger',
    parser: z.string(),
    default: './data',
    meaning: 'folder of the embedded store',
  }),
  eventStoreUrl: setting('EVENTSTORE_URL', {
    guards: 'ledger',
    wrongNames: ['ESDB_URL', 'KURRENT_URL', 'KURRENTDB_URL', 'EVENTSTORE_CONNECTION_STRING'],
    parser: z
      .string()
      .regex(
        /^(esdb|kurrentdb|kdb|kurrent)(\+discover)?:\/\/[^/]/,
        'expected kurrentdb://host:2113 or esdb://host:2113, with +discover for a cluster',
      ),
    otherwise: 'the embedded store',
    masking: withoutCredentials,
    meaning:
      'connection string of EventStoreDB or KurrentDB: `kurrentdb://…` or `esdb://…`, with `+discover` for a cluster',
  }),
  redis: setting('REDIS_URL', {
    parser: redisTarget,
    otherwise: 'read models of this process only; see `READ_MODELS`',
    masking: withoutCredentials,
    meaning:
      '`redis://[user:password@]host:6379/0`, `rediss://…`, `redis+cluster://a:7000,b:7000`, `redis+sentinel://a:26379,b:26379/<master>`',
  }),
  readModels: setting('READ_MODELS', {
    parser: oneOf(READ_MODELS),
    otherwise: '`sqlite` on the embedded store, else `memory`',
    meaning:
      'where the read models are without `REDIS_URL`: `sqlite`, a file beside the log of the embedded store, or `memory`, which is built from the log at each start; see [Read models in a file](operations.md#read-models-in-a-file)',
  }),
  maxmemoryPolicy: setting('REDIS_MAXMEMORY_POLICY', {
    parser: oneOf(MAXMEMORY_POLICIES),
    otherwise: 'only `noeviction`',
    meaning:
      'a `maxmemory-policy` of Redis that you allow besides `noeviction`, such as `allkeys-lru`; see [A Redis that evicts](deployment.md#a-redis-that-evicts)',
  }),
  roles: setting('ROLES', {
    parser: roles,
    default: 'api,projector',
    meaning: 'which parts this process runs: `api`, `projector`, or both. One of them only needs `REDIS_URL`',
  }),
  timeZone: setting('LEDGER_TIME_ZONE', {
    guards: 'ledger',
    parser: timeZone,
    default: 'Asia/Shanghai',
    meaning:
      'IANA name of the time zone in which days and fiscal years begin. The embedded store keeps it: a ledger that has events is not opened with another one. With EventStoreDB, all processes of a ledger must have the same, and nothing checks it',
  }),
  streamPrefix: setting('STREAM_PREFIX', {
    guards: 'ledger',
    parser: z.string().regex(/^[a-z][a-z0-9]{0,31}-$/, 'expected lower-case letters and digits, ending with -'),
    default: 'mingjian-',
    meaning: 'the beginning of the names of the streams of the ledger',
  }),
  auth: AUTH_SETTINGS,
  page: PAGE_SETTINGS,
  policyFile: setting('POLICY_FILE', {
    guards: 'access',
    parser: z.string(),
    otherwise: 'the roles have the rights of [policy.md](policy.md)',
    meaning:
      'a JSON file that gives rights to roles or takes them away; see [policy.md](policy.md#changing-the-rights). All servers of one ledger need the same',
  }),
  fourEyes: setting('FOUR_EYES', {
    guards: 'access',
    parser: z.string(),
    otherwise: 'no command needs a second person',
    demoDefault: 'reduceBudget',
    meaning:
      'the commands that a second person has to confirm: mutations separated by commas, each with a threshold in yuan (`>=`) or `@closed` if need be, such as `transferBudget>=1000000,reduceBudget,correctBudgetFact@closed`; or `recommended`; see [four-eyes.md](four-eyes.md)',
  }),
  alertRulesFile: setting('ALERT_RULES_FILE', {
    parser: z.string(),
    otherwise: 'the example rules of [monitoring.md](monitoring.md#the-rules)',
    meaning:
      'a JSON file of the rules that monitoring warns by; see [monitoring.md](monitoring.md#the-rules). All servers of one ledger need the same',
  }),
  signing: SIGNING_SETTINGS,
  readLog: setting('READ_LOG', {
    guards: 'access',
    parser: oneOf(READ_LOG_SETTINGS),
    default: 'best-effort',
    meaning:
      'whether reads of the past, differences, proofs and exports are put on record: `required`: if reads cannot be recorded for a minute, such reads are refused; `best-effort`: they are answered and counted; `off`: none is recorded. See [Reads on record](operations.md#reads-on-record)',
  }),
  webhooks: WEBHOOK_SETTINGS,
  office: setting('LIBREOFFICE', {
    wrongNames: ['SOFFICE', 'SOFFICE_PATH'],
    parser: z.string().min(1),
    default: 'soffice',
    meaning:
      'the program of LibreOffice, which makes the PDF of a report: a path, or a name to look for in `PATH`. Without it the other formats work; see [reports.md](reports.md#pdf)',
  }),
  outside: OUTSIDE_SETTINGS,
  witness: WITNESS_SETTINGS,
  demo: setting('DEMO', {
    guards: 'ledger',
    wrongNames: ['DEMO_MODE'],
    parser: flag,
    default: '0',
    meaning: '`1`: demo ledger, demo tokens (also in `DATA_DIR/demo-tokens.json`) and GraphiQL',
  }),
  demoPublic: setting('DEMO_PUBLIC', {
    parser: flag,
    default: '0',
    meaning: '`1`: demo mode may listen on any `HOST`. Then anybody who reaches it can read and write the demo ledger',
  }),
  connections: CONNECTION_SETTINGS,
  patienceMs: setting('PATIENCE_MS', {
    parser: integer(0, 60_000),
    default: '2000',
    meaning:
      'how long a request waits for read models that are behind, in milliseconds. After that it is refused with `READ_MODEL_BEHIND`. If a store does not answer at all, it gives up 0.8 seconds later, with `UNAVAILABLE`',
  }),
  limits: {
    maxAnswerFields: setting('MAX_ANSWER_FIELDS', {
      parser: integer(1_000, 10_000_000),
      default: String(DEFAULT_LIMITS.maxAnswerFields),
      meaning: 'how many fields one answer may have; see [The budget of a request](api.md#the-budget-of-a-request)',
    }),
    maxAnswerBytes: setting('MAX_ANSWER_BYTES', {
      parser: integer(65_536, 268_435_456),
      default: String(DEFAULT_LIMITS.maxAnswerBytes),
      meaning: 'how many bytes the data of one answer may have',
    }),
    maxCpuMs: setting('MAX_CPU_MS', {
      parser: integer(100, 600_000),
      default: String(DEFAULT_LIMITS.maxCpuMs),
      meaning: 'how many milliseconds of CPU time one request may take',
    }),
    maxRequestsInFlight: setting('MAX_REQUESTS_IN_FLIGHT', {
      parser: integer(1, 1_000_000),
      default: String(DEFAULT_LIMITS.maxRequestsInFlight),
      meaning: 'how many requests of one caller one process answers at the same time. It refuses further ones with 429',
    }),
  },
  corsOrigins: setting('CORS_ORIGINS', {
    guards: 'access',
    parser: corsOrigins,
    otherwise: 'no CORS headers, and a WebSocket may have any origin',
    meaning:
      'the origins whose pages may call the server from a browser, separated by commas (`https://budget.example,http://localhost:5173`), or `*`. It also decides which origin a WebSocket may have (else 403); the page of the server itself and programs that are not browsers are always allowed',
  }),
  rateLimit: setting('RATE_LIMIT', {
    parser: rateLimit,
    otherwise: 'off',
    demoDefault: '1000000/60',
    meaning:
      'how many points one principal may spend, and in how many seconds (60 if left out): `6000/60`; `off`; see [Rate limits](#rate-limits)',
  }),
  rateLimitAddress: setting('RATE_LIMIT_ADDRESS', {
    parser: integer(1, MOST_RATE_POINTS),
    otherwise: 'ten times those of a principal',
    meaning: 'how many points all callers from one address may spend in that time',
  }),
  trustProxy: setting('TRUST_PROXY', {
    parser: proxies,
    otherwise: 'none: the address of the connection counts',
    meaning:
      'the proxies in front of the server whose `X-Forwarded-For` counts, separated by commas: addresses, networks such as `10.0.0.0/8`, `loopback`, `linklocal`, `uniquelocal`',
  }),
  introspection: setting('INTROSPECTION', {
    parser: flag,
    default: '1',
    meaning:
      '`0`: nobody reads the schema by `__schema` and `__type`, and GraphiQL has no help for its users. `1`: tokens with a role do',
  }),
  trustedDocuments: setting('TRUSTED_DOCUMENTS', {
    guards: 'access',
    parser: z.string(),
    otherwise: 'any document may be executed',
    meaning: 'a manifest of the documents that clients may execute; see [Trusted documents](#trusted-documents)',
  }),
  trustedDocumentsMode: setting('TRUSTED_DOCUMENTS_MODE', {
    parser: oneOf(['off', ...TRUST_MODES]),
    otherwise: '`enforce`, if `TRUSTED_DOCUMENTS` is set',
    meaning:
      '`enforce`: the server refuses documents that are not in the manifest; `log`: it executes and reports them; `off`: it does not read the manifest',
  }),
  federation: FEDERATION_SETTINGS,
  metricsPort: setting('METRICS_PORT', {
    parser: integer(0, 65_535),
    otherwise: 'no metrics',
    meaning:
      'the port on which `/metrics` is served for Prometheus, to everybody who reaches it; `0` takes any free port. See [operations.md](operations.md#metrics)',
  }),
  metricsHost: setting('METRICS_HOST', {
    parser: z.string(),
    default: '127.0.0.1',
    meaning: 'the address on which `/metrics` is served',
  }),
  tracesEndpoint: setting('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', {
    parser: httpUrl,
    otherwise: 'as `OTEL_EXPORTER_OTLP_ENDPOINT`',
    masking: withoutCredentials,
    meaning: 'where traces are sent, by OTLP over HTTP; see [operations.md](operations.md#traces)',
  }),
  otlpEndpoint: setting('OTEL_EXPORTER_OTLP_ENDPOINT', {
    parser: httpUrl,
    otherwise: 'no traces',
    masking: withoutCredentials,
    meaning: 'the same, as an address to which `/v1/traces` is added',
  }),
  accessLog: setting('ACCESS_LOG', {
    parser: flag,
    default: '1',
    meaning:
      '`0`: no line in the log for an operation that ended well. Operations that are slow or failed are logged all the same',
  }),
  slowMs: setting('SLOW_MS', {
    parser: integer(1, 600_000),
    default: '1000',
    meaning:
      'an operation that takes longer than this, in milliseconds, is logged at the level `warn`; subscriptions and exports are not',
  }),
  logLevel: setting('LOG_LEVEL', {
    parser: oneOf(LOG_LEVELS),
    default: 'info',
    meaning: `how much the server logs: ${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}`,
  }),
};

/** The whole configuration. */
export type Config = ValuesOf<typeof SETTINGS>;

export const ALL_SETTINGS = settingsIn(SETTINGS);
