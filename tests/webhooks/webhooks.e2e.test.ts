import { createHmac } from 'node:crypto';
import { createServer, IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readdirSync, statSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { openWebhooks } from '../../src/app/webhooks';
import { policyOf } from '../../src/auth/policy';
import { rightsWith } from '../../src/auth/policy-file';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../src/event-store/event-store';
import { NO_LEASE } from '../../src/projector/lease';
import { postOverHttp } from '../../src/webhooks/adapters/post-over-http';
import { SecretFiles } from '../../src/webhooks/adapters/secret-files';
import { hashOf, newSecret } from '../../src/webhooks/secret';
import { webhooksPrefix } from '../../src/webhooks/streams';
import { ApiOptions, startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { TestClock } from '../support/clock';
import { collect } from '../support/events';
import { eventually } from '../support/eventually';
import { STREAM_PREFIX } from '../support/ledger';
import { NO_TROUBLE } from '../support/telemetry';
import { temporaryFolder } from '../support/temporary-folder';
import { MemoryKeeper } from './memory-keeper';

const onEnd = cleanUps();
const NOW = '2023-06-30T02:00:00.000Z';

interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: any;
}

interface Receiver {
  readonly url: string;
  readonly got: Delivery[];
}

async function startReceiver(): Promise<Receiver> {
  const got: Delivery[] = [];
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        got.push({ path: request.url!, headers: request.headers, body, event: JSON.parse(body) });
        response.writeHead(204).end();
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onEnd(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

interface Started extends TestApi {
  readonly receiver: Receiver;
  /** Where the secrets are. */
  readonly secrets: string;
  /** All that is on record of webhooks, as JSON. */
  readonly record: () => Promise<string>;
  readonly admin: (claims?: object) => Promise<string>;
  /** Waits until the receiver has got so many deliveries. */
  readonly received: (count: number) => Promise<readonly Delivery[]>;
}

async function started(
  options: ApiOptions = {},
  prepare: (log: EventStore) => void = () => undefined,
): Promise<Started> {
  const receiver = await startReceiver();
  const folder = temporaryFolder();
  const prefix = webhooksPrefix(STREAM_PREFIX);
  const log = openSqliteEventStore({ path: join(folder.path, 'webhooks.db'), prefix });
  prepare(log);
  const secrets = join(folder.path, 'secrets');
  const testOrigins = new Set([receiver.url]);
  const webhooks = openWebhooks({
    log,
    prefix,
    keeper: new MemoryKeeper(),
    secrets: new SecretFiles(secrets),
    send: postOverHttp({ testOrigins }),
    clock: new TestClock(NOW),
    lease: NO_LEASE,
    testOrigins,
    telemetry: NO_TROUBLE,
  });
  const api = await startApi({ now: NOW, webhooks: webhooks.desk, ...options });
  const stopping = new AbortController();
  const running = webhooks.run(api.ledger.services, stopping.signal);
  onEnd(async () => {
    stopping.abort();
    await running;
    await webhooks.close();
    await api.close();
    folder.remove();
  });
  return {
    ...api,
    receiver,
    secrets,
    record: async () => JSON.stringify((await collect(log.readAll(0n))).map(({ data, metadata }) => [data, metadata])),
    admin: (claims = {}) => api.token({ sub: 'u-admin', roles: ['admin'], departments: '*', ...claims }),
    received: async (count) => {
      await eventually(`${count} are delivered`, () => Promise.resolve(receiver.got.length >= count));
      return receiver.got;
    },
  };
}

const PAYLOAD =
  'webhook { code url status position secretHash previousSecretUntil subscriber roles readDepartments filter failures stopReason nextAttemptAt subscribedAt } secret';

/** Runs a mutation of webhooks. */
const change = (api: Started, mutation: string, input: object, token: string) =>
  api.write(mutation, input, PAYLOAD, token);

async function refusal(api: Started, mutation: string, input: object, token: string) {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { secret } }`;
  const { errors } = await api.ask(query, { input }, token);
  return { ...errors![0]!.extensions, message: errors![0]!.message };
}

const BUDGET = { department: 'D1', fiscalYear: 2023 };

async function recordBudget(api: Started): Promise<void> {
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  const line = { code: 'L1', name: '项', fundSource: 'UNIT_FUNDS', amount: '100' };
  await api.write('approveBudget', { ...BUDGET, lines: [line] });
}

const signatureOf = (secret: string, { headers, body }: Delivery): string => {
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
};

test('every change is delivered in order, signed, as a CloudEvent with before and after', async () => {
  const api = await started();
  const token = await api.admin();
  await recordBudget(api);
  const { webhook, secret } = await change(
    api,
    'subscribeWebhook',
    { code: 'erp', url: `${api.receiver.url}/hook`, after: '0' },
    token,
  );
  expect(webhook).toMatchObject({
    code: 'erp',
    url: `${api.receiver.url}/hook`,
    status: 'ACTIVE',
    secretHash: hashOf(secret),
    subscriber: 'u-admin',
    roles: ['admin'],
    readDepartments: ['*'],
    filter: {},
  });
  const spent = await api.write('recordExpenditure', { ...BUDGET, line: 'L1', amount: '12', payee: '某公司' });
  const got = await api.received(3);
  expect(got.map(({ event }) => [event.position, event.type])).toEqual([
    ['1', 'mingjian.DepartmentRegistered'],
    ['2', 'mingjian.BudgetApproved'],
    ['3', 'mingjian.ExpenditureRecorded'],
  ]);
  const [, , last] = got as [Delivery, Delivery, Delivery];
  const { eventId } = spent.changes[0];
  expect(last.path).toBe('/hook');
  expect(last.headers).toMatchObject({
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': eventId,
    'webhook-timestamp': String(Date.parse(NOW) / 1_000),
    'webhook-signature': signatureOf(secret, last),
  });
  expect(last.event).toMatchObject({
    specversion: '1.0',
    id: eventId,
    source: '/mingjian',
    subject: 'BUDGET/D1.2023',
    datacontenttype: 'application/json',
    data: { id: eventId, actor: { sub: 'u-editor' }, data: { payee: '某公司' } },
  });
  expect(last.event.data.fields).toContainEqual({ path: '/executed', before: '0.00', after: '12.00' });
  // What is exported is the same.
  const exported = await fetch(`${api.url}/changes?after=2&fields=1`, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/cloudevents-batch+json' },
  });
  expect(await exported.json()).toEqual([last.event]);
});

test('a secret is in its own private file, and neither on record nor answered again', async () => {
  const api = await started();
  const token = await api.admin();
  const given = newSecret();
  const made = await change(api, 'subscribeWebhook', { code: 'a', url: api.receiver.url, secret: given }, token);
  expect(made).toMatchObject({ secret: null, webhook: { secretHash: hashOf(given), url: `${api.receiver.url}/` } });
  expect(readdirSync(api.secrets)).toEqual([hashOf(given)]);
  expect(statSync(join(api.secrets, hashOf(given))).mode & 0o777).toBe(0o600);
  const { secret: next } = await change(api, 'changeWebhookSecret', { code: 'a' }, token);
  const record = await api.record();
  const facts = JSON.stringify(await collect(api.eventStore.readAll(0n)), (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  for (const secret of [given, next]) {
    const bare = secret.slice('whsec_'.length);
    expect([record.includes(bare), facts.includes(bare), record.includes(hashOf(secret))]).toEqual([
      false,
      false,
      true,
    ]);
  }
});

test('while a secret is being changed, a delivery has both signatures', async () => {
  const api = await started();
  const token = await api.admin();
  const secrets = [newSecret(), newSecret(), newSecret()] as const;
  await change(api, 'subscribeWebhook', { code: 'a', url: api.receiver.url, secret: secrets[0] }, token);
  const { webhook } = await change(api, 'changeWebhookSecret', { code: 'a', secret: secrets[1] }, token);
  expect(webhook.previousSecretUntil).toBe('2023-07-01T02:00:00.000Z');
  await api.write('registerDepartment', { code: 'D1', name: '局' });
  const [both] = (await api.received(1)) as [Delivery];
  expect(both.headers['webhook-signature']).toBe(
    [secrets[1], secrets[0]].map((one) => signatureOf(one, both)).join(' '),
  );
  await change(api, 'changeWebhookSecret', { code: 'a', secret: secrets[2], keepHours: 0 }, token);
  await api.write('registerDepartment', { code: 'D2', name: '局' });
  const [, alone] = (await api.received(2)) as [Delivery, Delivery];
  expect(alone.headers['webhook-signature']).toBe(signatureOf(secrets[2], alone));
  expect(readdirSync(api.secrets)).toEqual([hashOf(secrets[2])]);
});

test('only what matches the filter and what the subscriber may read is delivered', async () => {
  const api = await started();
  const narrow = await api.admin({ readDepartments: ['D1'] });
  await change(api, 'subscribeWebhook', { code: 'narrow', url: `${api.receiver.url}/narrow`, after: '0' }, narrow);
  const filter = { types: ['DepartmentRenamed'], recordedFrom: '2023-06-30' };
  const filtered = { code: 'filtered', url: `${api.receiver.url}/filtered`, filter, after: '0' };
  expect((await change(api, 'subscribeWebhook', filtered, await api.admin())).webhook.filter).toEqual(filter);
  for (const code of ['D2', 'D1']) {
    await api.write('registerDepartment', { code, name: '局' });
    await api.write('renameDepartment', { code, name: '新局' });
  }
  await api.received(4);
  const of = (path: string) => api.receiver.got.filter((one) => one.path === path).map(({ event }) => event.position);
  expect({ narrow: of('/narrow'), filtered: of('/filtered') }).toEqual({ narrow: ['3', '4'], filtered: ['2', '4'] });
});

test('a subscriber whose roles may not see details of persons gets none', async () => {
  const policy = policyOf(rightsWith('{ "admin": { "deny": ["readDetails"] } }'));
  const api = await started({ policy });
  await recordBudget(api);
  await change(api, 'subscribeWebhook', { code: 'a', url: api.receiver.url, after: '2' }, await api.admin());
  await api.write('recordExpenditure', { ...BUDGET, line: 'L1', amount: '12', payee: '某公司', reason: '张三' });
  const [{ body, event }] = (await api.received(1)) as [Delivery];
  expect(body).not.toMatch(/某公司|张|u-editor/);
  expect(event.data).toMatchObject({ actor: { name: null }, reason: null, data: {} });
  expect(event.data.fields).toContainEqual({ path: '/executed', before: '0.00', after: '12.00' });
});

test('a webhook can be paused, resumed, replayed and ended, and says what it did', async () => {
  const api = await started();
  const token = await api.admin();
  await change(api, 'subscribeWebhook', { code: 'a', url: api.receiver.url }, token);
  await api.write('registerDepartment', { code: 'D1', name: '局' });
  await api.received(1);
  expect((await change(api, 'pauseWebhook', { code: 'a' }, token)).webhook.status).toBe('PAUSED');
  await api.write('renameDepartment', { code: 'D1', name: '新局' });
  expect((await change(api, 'resumeWebhook', { code: 'a' }, token)).webhook.status).toBe('ACTIVE');
  await api.received(2);
  await change(api, 'replayWebhook', { code: 'a', after: '0' }, token);
  const got = await api.received(4);
  expect(got.map(({ event }) => event.position)).toEqual(['1', '2', '1', '2']);
  // It is written down when a courier ends, at the latest.
  await change(api, 'pauseWebhook', { code: 'a' }, token);
  const asked = `{ webhooks { code status position failures stopReason nextAttemptAt }
    webhookAttempts(webhook: "a") { eventId position number at milliseconds outcome status } }`;
  const { webhooks, webhookAttempts } = await eventually('all is on record', async () => {
    const answer = await api.data(asked, {}, token);
    return answer.webhookAttempts.length === 4 && answer;
  });
  expect(webhooks).toEqual([
    { code: 'a', status: 'PAUSED', position: '2', failures: 0, stopReason: null, nextAttemptAt: null },
  ]);
  expect(webhookAttempts[0]).toEqual({
    eventId: got[3]!.event.id,
    position: '2',
    number: 1,
    at: NOW,
    milliseconds: expect.any(Number),
    outcome: 'DELIVERED',
    status: 204,
  });
  expect(await change(api, 'endWebhook', { code: 'a' }, token)).toEqual({ webhook: null, secret: null });
  expect(await api.data('{ webhooks { code } }', {}, token)).toEqual({ webhooks: [] });
  expect(readdirSync(api.secrets)).toEqual([]);
});

test('webhooks of others do not exist for an admin that does not read everything', async () => {
  const api = await started();
  const all = await api.admin();
  const narrow = await api.admin({ sub: 'u-narrow', readDepartments: ['D1'] });
  await change(api, 'subscribeWebhook', { code: 'all', url: api.receiver.url }, all);
  await change(api, 'subscribeWebhook', { code: 'narrow', url: api.receiver.url }, narrow);
  const codes = async (token: string) =>
    (await api.data('{ webhooks { code } }', {}, token)).webhooks.map(({ code }: { code: string }) => code);
  expect([await codes(all), await codes(narrow)]).toEqual([['all', 'narrow'], ['narrow']]);
  for (const [mutation, more] of [
    ['pauseWebhook', {}],
    ['resumeWebhook', {}],
    ['endWebhook', {}],
    ['replayWebhook', { after: '0' }],
    ['changeWebhookSecret', {}],
  ] as const) {
    const others = await refusal(api, mutation, { code: 'all', ...more }, narrow);
    const none = await refusal(api, mutation, { code: 'none', ...more }, narrow);
    expect(others).toEqual({ ...none, message: none.message.replace('none', 'all') });
    expect(others.code).toBe('NOT_FOUND');
  }
  const { errors } = await api.ask('{ webhookAttempts(webhook: "all") { at } }', {}, narrow);
  expect(errors![0]!.extensions.code).toBe('NOT_FOUND');
  expect(readdirSync(api.secrets)).toHaveLength(2);
});

test('webhooks of others do not exist for an admin that may not see details of persons', async () => {
  const api = await started({ policy: policyOf(rightsWith('{ "admin": { "deny": ["readDetails"] } }')) });
  await change(api, 'subscribeWebhook', { code: 'all', url: api.receiver.url }, await api.admin());
  const other = await api.admin({ sub: 'u-other' });
  expect(await api.data('{ webhooks { subscriber } }', {}, other)).toEqual({ webhooks: [] });
  expect((await refusal(api, 'endWebhook', { code: 'all' }, other)).code).toBe('NOT_FOUND');
});

describe('refused', () => {
  let api: Started;
  beforeEach(async () => {
    api = await started();
  });
  const good = () => ({ code: 'a', url: api.receiver.url });

  it.each<[string, object, string]>([
    ['plain http', { url: 'http://example.org/' }, '/input/url'],
    ['no address', { url: 'x' }, '/input/url'],
    ['an address that is not public', { url: 'https://169.254.169.254/' }, '/input/url'],
    ['a secret that is none', { secret: 'whsec_c2hvcnQ=' }, '/input/secret'],
    ['a code that is none', { code: 'a.b' }, '/input/code'],
    ['a filter that never matches', { filter: { types: ['Nothing'] } }, '/input/filter/types/0'],
    ['a filter that is too long', { filter: { actors: ['x'.repeat(70_000)] } }, '/input/filter'],
  ])('is %s, without its text', async (_what, wrong, path) => {
    const found = await refusal(api, 'subscribeWebhook', { ...good(), ...wrong }, await api.admin());
    expect(found).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path }] });
    expect(JSON.stringify(found)).not.toContain('c2hvcnQ');
    expect(await api.record()).toBe('[]');
  });

  it('is a position beyond the head, a code that is taken, and what is not there', async () => {
    const token = await api.admin();
    expect((await refusal(api, 'subscribeWebhook', { ...good(), after: '99' }, token)).code).toBe('AS_OF_IN_FUTURE');
    await change(api, 'subscribeWebhook', good(), token);
    expect((await refusal(api, 'subscribeWebhook', good(), token)).code).toBe('CONFLICT');
    expect((await refusal(api, 'replayWebhook', { code: 'a', after: '99' }, token)).code).toBe('AS_OF_IN_FUTURE');
    expect((await refusal(api, 'pauseWebhook', { code: 'b' }, token)).code).toBe('NOT_FOUND');
    expect(readdirSync(api.secrets)).toHaveLength(1);
  });

  it('is everybody who is no admin, or has a role that only watches', async () => {
    for (const roles of [['editor'], ['finance'], ['auditor'], ['analyst'], ['admin', 'auditor'], []]) {
      const token = await api.token({ sub: 'u', roles, departments: '*' });
      expect((await refusal(api, 'subscribeWebhook', good(), token)).code).toBe('FORBIDDEN');
      for (const query of ['{ webhooks { code } }', '{ webhookAttempts(webhook: "a") { at } }']) {
        expect((await api.ask(query, {}, token)).errors![0]!.extensions.code).toBe('FORBIDDEN');
      }
    }
  });
});

test('while a long record is read for the first time, webhooks are refused for now and all else is answered', async () => {
  let read!: () => void;
  const held = new Promise<void>((resolve) => (read = resolve));
  const api = await started({ patienceMs: 2_000 }, (log) => {
    const readStream = log.readStream.bind(log);
    log.readStream = async function* (...asked) {
      await held;
      yield* readStream(...asked);
    };
  });
  const token = await api.admin();
  const refused = await Promise.all(
    [
      '{ webhooks { code } }',
      '{ webhookAttempts(webhook: "a") { at } }',
      'mutation { endWebhook(input: { code: "a" }) { secret } }',
    ].map((query) => api.ask(query, {}, token)),
  );
  for (const { errors } of refused) expect(errors![0]!.extensions.code).toBe('READ_MODEL_BEHIND');
  await recordBudget(api);
  read();
  await eventually('it is read', async () => (await api.ask('{ webhooks { code } }', {}, token)).errors === undefined);
});

test('a server without webhooks says so', async () => {
  const api = await startApi({ now: NOW });
  onEnd(() => api.close());
  const { errors } = await api.ask('{ webhooks { code } }', {}, await api.token({ roles: ['admin'] }));
  expect(errors![0]).toMatchObject({ extensions: { code: 'FORBIDDEN' }, message: expect.stringContaining('WEBHOOKS') });
});
