import { ConfigError, hintOf, lookalikesIn, readConfig } from '../../src/app/config';
import { editDistance } from '../../src/app/config/edit-distance';

const SECRET = { AUTH_JWT_SECRET: 's'.repeat(32) };

const meantBy = (variable: string): string | undefined => {
  const [lookalike] = lookalikesIn({ [variable]: 'x' });
  return lookalike && (lookalike.meant?.variable ?? '?');
};

test.each([
  ['EVENT_STORE_URL', 'EVENTSTORE_URL'],
  ['EVENTSTORE_URI', 'EVENTSTORE_URL'],
  ['EVENTSTOREDB_URL', 'EVENTSTORE_URL'],
  ['KURRENTDB_URL', 'EVENTSTORE_URL'],
  ['eventstore_url', 'EVENTSTORE_URL'],
  ['MINGJIAN_EVENTSTORE_URL', 'EVENTSTORE_URL'],
  ['AUTH_JWT_SECRETS', 'AUTH_JWT_SECRET'],
  ['JWT_SECRET', 'AUTH_JWT_SECRET'],
  ['REDISURL', 'REDIS_URL'],
  ['REDIS_ULR', 'REDIS_URL'],
  ['DATADIR', 'DATA_DIR'],
  ['DEM0', 'DEMO'],
  ['DEMO_MODE', 'DEMO'],
  ['TIME_ZONE', 'LEDGER_TIME_ZONE'],
  ['ROLE', 'ROLES'],
  ['MINGJIAN_PORT', 'PORT'],
  ['MINGJIAN_COLOUR', '?'],
  ['AUTH_REALM', '?'],
])('%s looks as if it were meant for Mingjian (%s)', (variable, meant) => {
  expect(meantBy(variable)).toBe(meant);
});

test.each([
  ...['PATH', 'HOME', 'HOSTNAME', 'COST', 'TZ', 'LANG', 'PWD', 'TERM', 'NODE_ENV', 'SSL_CERT_FILE', 'DATABASE_URL'],
  ...['REDIS_PORT', 'REDIS_SERVICE_HOST', 'KURRENTDB_INSECURE', 'OTEL_LOG_LEVEL', 'npm_config_loglevel', 'JAVA_DIR'],
  ...['MINGJIAN_URL', 'MINGJIAN_TOKEN', 'DATA_DIR', 'URL', 'SECRET'],
])('%s is a variable of Mingjian, or clearly of another program', (variable) => {
  expect(meantBy(variable)).toBeUndefined();
});

test('a variable that is empty looks like nothing', () => {
  expect(lookalikesIn({ EVENT_STORE_URL: '' })).toEqual([]);
});

test('a hint names both variables', () => {
  expect(lookalikesIn({ REDISURL: 'redis://x', MINGJIAN_COLOUR: '1' }).map(hintOf)).toEqual([
    'REDISURL: not a variable of Mingjian, and not used; is REDIS_URL meant?',
    'MINGJIAN_COLOUR: not a variable of Mingjian, and not used',
  ]);
});

test.each([
  ['EVENT_STORE_URL', 'EVENTSTORE_URL', 'which ledger is opened'],
  ['DATADIR', 'DATA_DIR', 'which ledger is opened'],
  ['STREAMS_PREFIX', 'STREAM_PREFIX', 'which ledger is opened'],
  ['LEDGER_TIMEZONE', 'LEDGER_TIME_ZONE', 'which ledger is opened'],
  ['DEM0', 'DEMO', 'which ledger is opened'],
  ['AUTH_ISSUERS', 'AUTH_ISSUER', 'who may do what'],
  ['AUTH_AUDIENCES', 'AUTH_AUDIENCE', 'who may do what'],
  ['CORS_ORIGIN', 'CORS_ORIGINS', 'who may do what'],
  ['TRUSTED_DOCUMENT', 'TRUSTED_DOCUMENTS', 'who may do what'],
])('a server with %s in place of %s does not start', (variable, meant, decides) => {
  const read = () => readConfig({ ...SECRET, [variable]: 'x' });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${variable}: not a variable of Mingjian; expected ${meant}, which decides ${decides}`);
});

test.each(['kurrentdb://x', ''])('a server with the right variable, "%s", starts beside a misspelt one', (right) => {
  expect(readConfig({ ...SECRET, EVENT_STORE_URL: 'x', EVENTSTORE_URL: right }).eventStoreUrl).toBe(
    right === '' ? undefined : right,
  );
});

test('a misspelt variable that only costs speed is no reason not to start', () => {
  expect(readConfig({ ...SECRET, REDISURL: 'redis://x' }).redis).toBeUndefined();
});

test('a command-line tool needs the right ledger, but no tokens', () => {
  expect(() => readConfig({ DATADIR: 'x' }, 'tool')).toThrow('DATADIR: ');
  expect(readConfig({ AUTH_ISSUERS: 'x' }, 'tool').auth.issuer).toBeUndefined();
});

test('a problem that a misspelt variable explains names that variable', () => {
  expect(() => readConfig({ JWT_SECRET: 's'.repeat(32) })).toThrow(
    /^AUTH_JWT_SECRET: .*; JWT_SECRET: .* is AUTH_JWT_SECRET meant\?$/,
  );
});

test.each([
  ['', '', 0],
  ['', 'ab', 2],
  ['ab', '', 2],
  ['DEMO', 'DEMO', 0],
  ['DEM0', 'DEMO', 1],
  ['DMEO', 'DEMO', 1],
  ['DEMOS', 'DEMO', 1],
  ['DEO', 'DEMO', 1],
  ['kitten', 'sitting', 3],
])('from "%s" to "%s" there are %i edits', (from, to, edits) => {
  expect(editDistance(from, to)).toBe(edits);
});
