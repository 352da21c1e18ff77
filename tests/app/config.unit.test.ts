import { ConfigError, readConfig } from '../../src/app/config';

const SECRET = { AUTH_JWT_SECRET: 's'.repeat(32) };

test('the defaults are those of docs/configuration.md', () => {
  expect(readConfig(SECRET)).toEqual({
    host: '127.0.0.1',
    port: undefined,
    dataDir: './data',
    timeZone: 'Asia/Shanghai',
    streamPrefix: 'mingjian-',
    demo: false,
    demoPublic: false,
    auth: { secret: SECRET.AUTH_JWT_SECRET },
    page: { scope: 'openid' },
    signing: {},
    outside: {},
    witness: {},
    limits: { maxAnswerFields: 100_000, maxAnswerBytes: 8_388_608, maxCpuMs: 5_000, maxRequestsInFlight: 256 },
    introspection: true,
    federation: { isOn: false },
    connections: { maxConnections: 10_000, headersMs: 10_000, requestMs: 30_000, keepAliveMs: 72_000 },
    readLog: 'best-effort',
    webhooks: { enabled: false },
    office: 'soffice',
    patienceMs: 2_000,
    metricsPort: undefined,
    metricsHost: '127.0.0.1',
    accessLog: true,
    slowMs: 1_000,
    logLevel: 'info',
    eventStoreUrl: undefined,
    redis: undefined,
    roles: new Set(['api', 'projector']),
  });
});

test('the configuration chooses the engines and the roles', () => {
  const config = readConfig({
    ...SECRET,
    EVENTSTORE_URL: 'kurrentdb+discover://a:2113,b:2113',
    REDIS_URL: 'redis://x',
    ROLES: 'projector',
  });
  expect(config).toMatchObject({
    eventStoreUrl: 'kurrentdb+discover://a:2113,b:2113',
    redis: { kind: 'single', node: { host: 'x', port: 6379 } },
  });
  expect([...config.roles]).toEqual(['projector']);
});

test('an empty variable counts as not set', () => {
  expect(readConfig({ ...SECRET, PORT: '', DATA_DIR: '' })).toEqual(readConfig(SECRET));
});

test('demo mode needs no secret', () => {
  expect(readConfig({ DEMO: '1' }).demo).toBe(true);
});

test.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('demo mode listens on %s', (HOST) => {
  expect(readConfig({ DEMO: '1', HOST })).toMatchObject({ host: HOST, demoPublic: false });
});

test.each(['0.0.0.0', '::', '192.0.2.1', '127.1', 'localhost.example'])('demo mode does not listen on %s', (HOST) => {
  const read = () => readConfig({ DEMO: '1', HOST });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/^HOST: expected a loopback address .* DEMO_PUBLIC=1/);
});

test('demo mode listens on any address if it is public', () => {
  expect(readConfig({ DEMO: '1', DEMO_PUBLIC: '1', HOST: '0.0.0.0' })).toMatchObject({ demoPublic: true });
});

test('a command-line tool of a public demo does not listen', () => {
  expect(readConfig({ DEMO: '1', HOST: '0.0.0.0' }, 'tool').demo).toBe(true);
});

test.each([
  ['*', '*'],
  ['https://budget.example', ['https://budget.example']],
  ['https://a.example:8443, http://localhost:5173', ['https://a.example:8443', 'http://localhost:5173']],
  ['http://[::1]:3000', ['http://[::1]:3000']],
  ['', undefined],
])('pages of the origins %s may call the server', (CORS_ORIGINS, expected) => {
  expect(readConfig({ ...SECRET, CORS_ORIGINS }).corsOrigins).toEqual(expected);
});

test.each([
  ...[
    'budget.example',
    '//budget.example',
    'https://',
    'null',
    'https://budget.example/',
    'https://budget.example/app',
  ],
  ...['https://budget.example?x', 'https://budget.example#x', 'https://a@budget.example', 'https://*.budget.example'],
  ...['https://Budget.example', 'https://budget.example:443', 'ftp://budget.example', '*,https://budget.example'],
  ...['https://a.example,', ',https://a.example', 'https://a.example,,https://b.example', 'https://预算.example', ' '],
])('CORS_ORIGINS is not "%s"', (CORS_ORIGINS) => {
  expect(() => readConfig({ ...SECRET, CORS_ORIGINS })).toThrow(/^CORS_ORIGINS: expected \*, or origins as browsers/);
});

test('a secret of 32 bytes need not have 32 characters', () => {
  const secret = '密'.repeat(11);
  expect(readConfig({ AUTH_JWT_SECRET: secret }).auth.secret).toBe(secret);
});

test.each([
  ['PORT', { ...SECRET, PORT: '70000' }, 'a whole number from 0 to 65535'],
  ['PORT', { ...SECRET, PORT: '4e3' }, 'a whole number from 0 to 65535'],
  ['LEDGER_TIME_ZONE', { ...SECRET, LEDGER_TIME_ZONE: 'Mars/Olympus' }, 'an IANA time zone'],
  ['DEMO', { ...SECRET, DEMO: 'yes' }, '0 or 1'],
  ['DEMO_PUBLIC', { DEMO: '1', DEMO_PUBLIC: 'yes' }, '0 or 1'],
  ['STREAM_PREFIX', { ...SECRET, STREAM_PREFIX: 'Mingjian' }, 'ending with -'],
  ['PATIENCE_MS', { ...SECRET, PATIENCE_MS: '-1' }, 'a whole number'],
  ['LOG_LEVEL', { ...SECRET, LOG_LEVEL: 'loud' }, 'one of fatal'],
  ['AUTH_JWKS_URL', { AUTH_JWKS_URL: 'ftp://keys' }, 'an http or https URL'],
  ['AUTH_JWKS_URL', { ...SECRET, AUTH_JWKS_URL: 'https://keys' }, 'not to be set together with AUTH_JWT_SECRET'],
  ['AUTH_JWKS_URL', { AUTH_JWKS_URL: 'http://keys.example/jwks' }, 'an https address'],
  ['AUTH_HTTP_ORIGINS', { ...SECRET, AUTH_HTTP_ORIGINS: 'http://keys.example/jwks' }, 'origins separated by commas'],
  ['AUTH_JWT_SECRET', { AUTH_JWT_SECRET: 's'.repeat(31) }, 'at least 32 bytes'],
  ['AUTH_JWT_SECRET', { AUTH_JWT_SECRET: '密'.repeat(10) }, 'at least 32 bytes'],
  ['AUTH_JWT_SECRET', { AUTH_JWT_SECRET: ' '.repeat(40) }, 'not all of them spaces'],
  ['AUTH_JWT_SECRET', { DEMO: '1', AUTH_JWT_SECRET: 'short' }, 'at least 32 bytes'],
  ['AUTH_JWT_SECRET', {}, 'outside demo mode, tokens must be verified'],
  ['AUTH_ISSUER', { AUTH_ISSUER: 'http://sso.example' }, 'an https address'],
  ['AUTH_ISSUERS_FILE', { ...SECRET, AUTH_ISSUERS_FILE: 'issuers.json' }, 'not to be set together with'],
  ['AUTH_ISSUERS_FILE', { DEMO: '1', AUTH_ISSUERS_FILE: 'issuers.json' }, 'not to be set in demo mode'],
  ['PAGE_CLIENT_ID', { ...SECRET, PAGE_CLIENT_ID: 'page' }, 'AUTH_ISSUER to be an https address'],
  [
    'PAGE_CLIENT_ID',
    { ...SECRET, PAGE_CLIENT_ID: 'page', AUTH_ISSUER: 'http://sso.example' },
    'AUTH_ISSUER to be an https address',
  ],
  ['AUTH_ROLES_CLAIM', { ...SECRET, AUTH_ROLES_CLAIM: 'a..b' }, 'names separated by dots'],
  ['AUTH_MAX_TOKEN_AGE', { ...SECRET, AUTH_MAX_TOKEN_AGE: '0' }, 'a whole number'],
  ['EVENTSTORE_URL', { ...SECRET, EVENTSTORE_URL: 'http://x' }, 'kurrentdb://host:2113'],
  ['EVENTSTORE_URL', { DEMO: '1', EVENTSTORE_URL: 'kurrentdb://x' }, 'not to be set in demo mode'],
  ['REDIS_URL', { ...SECRET, REDIS_URL: 'http://x' }, 'redis://host:6379/0'],
  ['REDIS_MAXMEMORY_POLICY', { ...SECRET, REDIS_MAXMEMORY_POLICY: 'lru' }, 'noeviction, allkeys-lru'],
  ['ROLES', { ...SECRET, ROLES: 'api,writer', REDIS_URL: 'redis://x' }, 'one or both of api, projector'],
  ['ROLES', { ...SECRET, ROLES: 'api' }, 'both roles, or REDIS_URL'],
  ['READ_MODELS', { ...SECRET, READ_MODELS: 'disk' }, 'one of memory, sqlite'],
  ['READ_MODELS', { ...SECRET, READ_MODELS: 'memory', REDIS_URL: 'redis://x' }, 'not to be set with REDIS_URL'],
  [
    'READ_MODELS',
    { ...SECRET, READ_MODELS: 'sqlite', EVENTSTORE_URL: 'kurrentdb://x' },
    'not to be sqlite with EVENTSTORE_URL',
  ],
])('a wrong %s is reported with its name and what is expected', (name, environment, expected) => {
  const read = () => readConfig(environment);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${name}: `);
  expect(read).toThrow(expected);
});

test.each([
  ['the keys', { AUTH_JWKS_URL: 'http://sso.office.example:8080/jwks' }],
  ['the issuer that says where they are', { AUTH_ISSUER: 'http://sso.office.example:8080/realms/a' }],
])('%s may be read by http from an allowed origin, and by a tool that reads none', (_what, address) => {
  const allowed = { ...address, AUTH_HTTP_ORIGINS: 'http://one.example,http://sso.office.example:8080' };
  expect(readConfig(allowed).auth.httpOrigins).toEqual(['http://one.example', 'http://sso.office.example:8080']);
  expect(() => readConfig({ ...allowed, AUTH_HTTP_ORIGINS: 'http://sso.office.example' })).toThrow('an https address');
  expect(() => readConfig(address, 'tool')).not.toThrow();
});

test('the keys may be read by http from this machine', () => {
  expect(() => readConfig({ AUTH_JWKS_URL: 'http://127.0.0.1:8080/jwks' })).not.toThrow();
});

test.each([
  ['6000/60', { points: 6_000, windowSeconds: 60 }],
  ['1/1', { points: 1, windowSeconds: 1 }],
  ['500', { points: 500, windowSeconds: 60 }],
  ['off', 'off'],
  ['', undefined],
])('RATE_LIMIT may be "%s"', (RATE_LIMIT, expected) => {
  expect(readConfig({ ...SECRET, RATE_LIMIT }).rateLimit).toEqual(expected);
});

test('demo mode has a rate limit that nobody notices', () => {
  expect(readConfig({ DEMO: '1' }).rateLimit).toEqual({ points: 1_000_000, windowSeconds: 60 });
});

test.each(['0', '-1', '1/0', '1/', '1/86401', '200000001', '10 / 60', '1.5', '10/60/1', 'on'])(
  'RATE_LIMIT is not "%s"',
  (RATE_LIMIT) => {
    expect(() => readConfig({ ...SECRET, RATE_LIMIT })).toThrow(/^RATE_LIMIT: expected points, or points\/seconds/);
  },
);

test('TRUST_PROXY takes addresses, networks and names', () => {
  const TRUST_PROXY = '192.0.2.1, 10.0.0.0/8,2001:db8::/32,loopback';
  const listed = ['192.0.2.1', '10.0.0.0/8', '2001:db8::/32', 'loopback'];
  expect(readConfig({ ...SECRET, TRUST_PROXY }).trustProxy).toEqual(listed);
});

test.each(['true', '1', '*', '10.0.0.0/33', '192.0.2.1,', 'proxy.example'])(
  'TRUST_PROXY is not "%s"',
  (TRUST_PROXY) => {
    expect(() => readConfig({ ...SECRET, TRUST_PROXY })).toThrow(/^TRUST_PROXY: expected addresses/);
  },
);

test('a server joins a federation under a name, and not while it only executes listed documents', () => {
  expect(readConfig({ ...SECRET, FEDERATION: '1', FEDERATION_LEDGER: 'huizhou' })).toMatchObject({
    federation: { isOn: true, ledger: 'huizhou' },
  });
  const read = (more: object) => () => readConfig({ ...SECRET, FEDERATION: '1', ...more });
  expect(read({})).toThrow(/^FEDERATION_LEDGER: expected a name for the ledger, because FEDERATION=1/);
  expect(read({ FEDERATION_LEDGER: 'Hui_zhou' })).toThrow(/^FEDERATION_LEDGER: expected at most 20 lower-case letters/);
  const listed = { FEDERATION_LEDGER: 'huizhou', TRUSTED_DOCUMENTS: 'listed.json' };
  expect(read(listed)).toThrow(/^FEDERATION: expected not to be 1 with enforced TRUSTED_DOCUMENTS/);
  expect(read({ ...listed, TRUSTED_DOCUMENTS_MODE: 'log' })).not.toThrow();
});
