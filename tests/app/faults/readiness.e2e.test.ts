import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pino from 'pino';
import Redis from 'ioredis';
import WebSocket from 'ws';
import { cleanUps } from '../../support/clean-ups';
import { TestClock } from '../../support/clock';
import { eventually } from '../../support/eventually';
import { startStandIn } from '../../support/kurrentdb-log';
import { NodeClient, startNode, startNodeHere } from '../../support/node-process';
import { RedisServer, startRedis } from '../../support/redis/server';
import { temporaryFolder } from '../../support/temporary-folder';

const onEnd = cleanUps();

async function readiness({ address }: Pick<NodeClient, 'address'>) {
  const response = await fetch(`${address}/health/ready`);
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    ...((await response.json()) as object),
  };
}

const notReady = (problem: RegExp, abilities: object) => ({
  status: 'not ready',
  retryAfter: '1',
  problem: expect.stringMatching(problem),
  ...{ writing: true, reading: true, tokens: true },
  ...abilities,
});

async function becomes(node: Pick<NodeClient, 'address'>, problem: RegExp, abilities: object): Promise<void> {
  const last = await eventually('it is not ready', async () => {
    const found = await readiness(node);
    return 'problem' in found && problem.test(String(found.problem)) ? found : undefined;
  });
  expect(last).toEqual(notReady(problem, abilities));
  expect((await fetch(`${node.address}/health/live`)).status).toBe(200);
}

function folder(): string {
  const made = temporaryFolder();
  onEnd(() => {
    made.remove();
  });
  return made.path;
}

async function startOnRedis(logger?: pino.Logger): Promise<{ readonly node: NodeClient; readonly redis: RedisServer }> {
  const redis = await startRedis(['--maxmemory-policy', 'noeviction']);
  onEnd(() => redis.stop());
  const node = await startNodeHere({ REDIS_URL: redis.url, DATA_DIR: folder(), PATIENCE_MS: '200' }, onEnd, logger);
  onEnd(() => {
    process.kill(redis.pid, 'SIGCONT');
  });
  await eventually('it is ready', () => node.isReady());
  return { node, redis };
}

test('Redis is halted: the probe is answered nevertheless, and says that nothing can be read or written', async () => {
  const { node, redis } = await startOnRedis();
  process.kill(redis.pid, 'SIGSTOP');
  await becomes(node, /^it does not answer$/, { reading: false, writing: false });
  process.kill(redis.pid, 'SIGCONT');
  await eventually('it is ready', () => node.isReady());
});

test('Redis is full: it is not ready at once, although what it holds can still be read', async () => {
  const { node, redis } = await startOnRedis();
  const client = new Redis(redis.port);
  onEnd(() => {
    client.disconnect();
  });
  await client.config('SET', 'maxmemory', '1');
  expect(await readiness(node)).toEqual(notReady(/^Redis: it is out of memory$/, { reading: false }));
  await client.config('SET', 'maxmemory', '0');
  expect(await readiness(node)).toMatchObject({ status: 'ready' });
});

test('EventStoreDB is halted: the probe is answered nevertheless, and says that nothing can be written', async () => {
  const standIn = await startStandIn(onEnd);
  const node = await startNodeHere({ EVENTSTORE_URL: standIn.url, PATIENCE_MS: '200' }, onEnd);
  await eventually('it is ready', () => node.isReady());
  let goOn: () => void = () => undefined;
  standIn.conduct.hold = new Promise((resolve) => (goOn = resolve));
  onEnd(() => {
    goOn();
  });
  await becomes(node, /^it does not answer$/, { writing: false });
  standIn.conduct.hold = undefined;
  goOn();
  await eventually('it is ready', () => node.isReady());
});

test('events are stamped ahead of the clock: it is ready, with a warning, and logs that once', async () => {
  const lines: { readonly trouble?: string }[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const standIn = await startStandIn(onEnd, { clock: new TestClock(Date.now() + 3_600_000) });
  const node = await startNodeHere({ EVENTSTORE_URL: standIn.url }, onEnd, logger);
  await eventually('it is ready', () => node.isReady());
  await node.ask('mutation { registerDepartment(input: { code: "D1", name: "财政局" }) { projected } }');
  for (let probe = 0; probe < 3; probe++) {
    expect(await readiness(node)).toEqual({
      status: 'ready',
      retryAfter: null,
      warning: expect.stringMatching(/^The newest event is stamped 60 minutes ahead/),
    });
  }
  expect(lines.filter(({ trouble }) => trouble !== undefined)).toMatchObject([{ trouble: 'events ahead' }]);
});

test('EventStoreDB answers no append: it is not ready until it takes one, although it can be read', async () => {
  const standIn = await startStandIn(onEnd);
  const node = await startNodeHere({ EVENTSTORE_URL: standIn.url, PATIENCE_MS: '200' }, onEnd);
  await eventually('it is ready', () => node.isReady());
  standIn.conduct.appends = 'stalled';
  await node.ask('mutation { registerDepartment(input: { code: "D1", name: "财政局" }) { position } }');
  await becomes(node, /does not answer an append/, { writing: false });
  standIn.goAway();
  await becomes(node, /./, { writing: false });
  await standIn.listen();
  standIn.conduct.appends = undefined;
  await eventually('it is ready', () => node.isReady());
});

test('a write has failed: it is not ready until the disk can be written again', async () => {
  const node = await startNode({ DATA_DIR: folder(), LOG_LEVEL: 'info' }, onEnd);
  await eventually('it is ready', () => node.isReady());
  const limitFiles = (bytes: string) => execFileSync('prlimit', [`--pid=${node.pid}`, `--fsize=${bytes}:`]);
  const register = (code: string) =>
    node.ask(`mutation { registerDepartment(input: { code: "${code}", name: "财政局" }) { position } }`);
  // As if the disk were full. Nothing was written yet, so it is still ready.
  limitFiles('512');
  expect(await readiness(node)).toMatchObject({ status: 'ready' });
  expect((await register('D1')).errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
  await becomes(node, /^Ledger file .*: the disk /, { writing: false });
  expect((await node.ask('{ departments { nodes { code } } }')).data).toEqual({ departments: { nodes: [] } });
  limitFiles('unlimited');
  // No write was tried: it asks the disk.
  expect(await readiness(node)).toMatchObject({ status: 'ready' });
  expect((await register('D2')).errors).toBeUndefined();
});

test('the public keys cannot be read: tokens cannot be judged', async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const token = await new SignJWT({ roles: ['auditor'], departments: '*' })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setSubject('u-auditor')
    .setExpirationTime('1h')
    .sign(privateKey);
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', kid: 'k' }] });
  const hung: ServerResponse[] = [];
  let hangs = true;
  const issuer = createServer((_, response) => {
    if (hangs) hung.push(response);
    else response.setHeader('content-type', 'application/json').end(keys);
  }).listen(0, '127.0.0.1');
  onEnd(() => {
    issuer.closeAllConnections();
    issuer.close();
  });
  await once(issuer, 'listening');
  const { port } = issuer.address() as AddressInfo;
  const node = await startNodeHere(
    { AUTH_JWT_SECRET: '', AUTH_JWKS_URL: `http://127.0.0.1:${port}/`, DATA_DIR: folder(), PATIENCE_MS: '200' },
    onEnd,
  );
  await becomes(node, /^(it does not answer|The public keys .* cannot be read\.)$/, { tokens: false });
  const authorization = `Bearer ${token}`;
  const ask = (path: string) => fetch(node.address + path, { headers: { authorization } });
  const paths = ['/graphql?query={__typename}', '/graphql/stream?query={__typename}', '/changes.ndjson'];
  for (const answer of await Promise.all(paths.map(ask))) {
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }] });
  }
  const socket = new WebSocket(`${node.address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  expect((await once(socket, 'close'))[0]).toBe(1013);
  hangs = false;
  await eventually('it is ready', () => node.isReady());
  expect(hung).not.toEqual([]);
  expect((await ask(paths[0]!)).status).toBe(200);
});

test('an outage under load is one line in the log whenever it begins, changes and is over', async () => {
  const lines: { readonly msg: string; readonly [name: string]: unknown }[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const { node, redis } = await startOnRedis(logger);
  process.kill(redis.pid, 'SIGSTOP');
  const load = async () => {
    for (let request = 0; request < 5; request++) await node.ask('{ departments { nodes { code } } }');
  };
  await Promise.all(Array.from({ length: 20 }, load));
  await becomes(node, /^it does not answer$/, { reading: false, writing: false });
  process.kill(redis.pid, 'SIGCONT');
  await eventually('it is over', () => Promise.resolve(lines.some(({ msg }) => msg === 'an outage is over')));
  const over = lines.pop()!;
  expect(over).toMatchObject({ msg: 'an outage is over', refusals: expect.any(Number) });
  expect(over.refusals).toBeGreaterThan(50);
  // Reading and writing may fail, and be back, one after the other.
  const [begun, ...changed] = lines.map(({ msg }) => msg);
  expect(begun).toBe('an outage has begun');
  expect(changed.filter((msg) => msg !== 'an outage has changed')).toEqual([]);
  const states = lines.map(({ problems }) => problems);
  expect(states).toContainEqual({ reading: 'it does not answer', writing: 'it does not answer' });
  for (const [index, state] of states.entries()) expect(state).not.toEqual(states[index - 1]);
  expect(states.length).toBeLessThanOrEqual(4);
});
