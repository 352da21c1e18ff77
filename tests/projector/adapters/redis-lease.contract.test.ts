import Redis from 'ioredis';
import { RedisLease } from '../../../src/projector/adapters/redis-lease';
import { RedisServer, startRedis } from '../../support/redis/server';
import { describeLease } from '../lease.contract';

const KEY = 'test:{ledger}:lease';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

describeLease('Redis', async () => {
  const clients: Redis[] = [];
  const connect = () => {
    const client = new Redis({ port: server.port, maxRetriesPerRequest: 1 });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const control = connect();
  await control.flushall();
  return {
    another: () => new RedisLease({ client: connect(), key: KEY, ttlMs: 120 }),
    forget: async () => {
      await control.flushall();
    },
    dispose: () => {
      for (const client of clients) client.disconnect();
      return Promise.resolve();
    },
  };
});

test('a holder that is cut off stops by itself, and another takes over', async () => {
  const stop = new AbortController();
  const cutOff = new Redis({ port: server.port, maxRetriesPerRequest: 1, retryStrategy: () => null });
  const other = new Redis({ port: server.port });
  let lost = false;
  const holding = new RedisLease({ client: cutOff, key: KEY, ttlMs: 120 }).hold(
    stop.signal,
    (_token, held) =>
      new Promise((resolve) => {
        held.addEventListener('abort', () => {
          lost = true;
          resolve();
        });
        cutOff.disconnect();
      }),
  );
  const ended = expect(holding).rejects.toMatchObject({ name: 'Outage' });
  await new RedisLease({ client: other, key: KEY, ttlMs: 120 }).hold(stop.signal, () => Promise.resolve());
  await ended;

  expect(lost).toBe(true);
  other.disconnect();
});

test('a process that was halted knows that it holds the lease no more, before its signal says so', async () => {
  const client = new Redis({ port: server.port });
  const holding = new RedisLease({ client, key: `${KEY}:halted`, ttlMs: 120 }).hold(
    new AbortController().signal,
    (_token, held, isHeld) => {
      expect(isHeld()).toBe(true);
      halt(150);
      expect([held.aborted, isHeld()]).toEqual([false, false]);
      return Promise.resolve();
    },
  );
  await holding;
  client.disconnect();
});

/** Nothing else in this process runs meanwhile. */
const halt = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test('a holder whose server hangs stops by itself before any other may begin', async () => {
  const hanging = await startRedis();
  const client = new Redis({ port: hanging.port });
  const ttlMs = 120;
  try {
    const holding = new RedisLease({ client, key: KEY, ttlMs }).hold(
      new AbortController().signal,
      (_token, held) =>
        new Promise((resolve) => {
          process.kill(hanging.pid, 'SIGSTOP');
          held.addEventListener('abort', () => {
            // The server answers again only now, so that the lease can be released.
            process.kill(hanging.pid, 'SIGCONT');
            resolve();
          });
        }),
    );
    await expect(holding).rejects.toMatchObject({ name: 'Outage' });
  } finally {
    client.disconnect();
    await hanging.stop();
  }
});
