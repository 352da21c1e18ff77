import fc from 'fast-check';
import Database from 'libsql';
import WebSocket from 'ws';
import { sqliteCursorStore } from '../../client/examples/sqlite-store';
import { Change, CursorMovedError, follow, FollowOptions, FollowState, Server } from '../../client/src/index';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { TestClock } from '../support/clock';
import { startCuttingProxy } from '../support/cutting-proxy';
import { notClosing, STREAM_PREFIX } from '../support/ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

type Connection = Database.Database;

async function startedApi(): Promise<TestApi> {
  const api = await startApi();
  onEnd(() => api.close());
  return api;
}

const register = (api: TestApi, code: string): Promise<unknown> =>
  api.write('registerDepartment', { code, name: `${code}局`, idempotencyKey: code });

/** A database that writes down what it is given, and the reader of it. */
function reader(server: Omit<Server, 'webSocketImpl'>, name = 'reader', db: Connection = new Database(':memory:')) {
  db.exec('CREATE TABLE IF NOT EXISTS done(position TEXT, entity TEXT)');
  const insert = db.prepare('INSERT INTO done VALUES (?, ?)');
  const controller = new AbortController();
  const states: FollowState[] = [];
  return {
    db,
    states,
    stop: () => {
      controller.abort();
    },
    entities: () => (db.prepare('SELECT entity FROM done').all() as { entity: string }[]).map(({ entity }) => entity),
    /** Until it has handled the last entity, or is stopped. */
    follow: (last: string, options: Partial<FollowOptions<Connection>> = {}) =>
      follow<Connection>(
        { ...server, webSocketImpl: WebSocket },
        {
          store: sqliteCursorStore(db, name),
          work: (changes) => {
            for (const { position, entity } of changes) insert.run(position, entity);
            if (changes.at(-1)?.entity === last) controller.abort();
          },
          signal: controller.signal,
          pauseBefore: () => 1,
          onState: (state) => states.push(state),
          ...options,
        },
      ),
  };
}

async function registerAll(api: TestApi, all: readonly string[]): Promise<void> {
  for (const code of all) await register(api, code);
}

const codes = (count: number, from = 1): readonly string[] =>
  Array.from({ length: count }, (_, index) => `D${from + index}`);

test('it hands over every field of what is on record, and then what comes, without a gap', async () => {
  const api = await startedApi();
  await registerAll(api, codes(5));
  const token = await api.token();
  const seen: Change[] = [];
  const { follow: run, stop, states } = reader({ url: api.url, token: () => token });
  await run('D9', {
    batch: 2,
    work: (changes) => {
      seen.push(...changes);
      if (changes.at(-1)?.entity === 'D9') stop();
    },
    onState: (state) => {
      states.push(state);
      if (state.kind === 'LIVE') void registerAll(api, codes(4, 6));
    },
  });
  expect(seen).toHaveLength(9);
  expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, index) => String(index + 1)));
  expect(seen[0]).toEqual({
    eventId: expect.any(String),
    position: '1',
    sequence: '1',
    revision: 1,
    type: 'DepartmentRegistered',
    entityType: 'DEPARTMENT',
    entity: 'D1',
    department: 'D1',
    fiscalYear: null,
    recordedAt: '2023-01-01T00:00:00.000Z',
    effectiveAt: '2023-01-01T00:00:00.000Z',
    actor: { sub: 'u-editor', name: '张编辑' },
    confirmedBy: null,
    corrects: null,
    reverses: null,
    reason: null,
    documentNo: null,
    data: expect.objectContaining({ name: 'D1局' }),
  });
  expect(states.map(({ kind }) => kind)).not.toContain('WAITING');
});

test(
  'a connection that is cut anywhere, in pages and live, costs nothing and repeats nothing',
  async () => {
    const api = await startedApi();
    let before = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 25 }),
        fc.integer({ min: 1, max: 20 }),
        async (cuts, batch) => {
          const left = [...cuts];
          const proxy = await startCuttingProxy(() => left.shift());
          proxy.target(Number(new URL(api.url).port));
          const { follow: run, entities } = reader({ url: proxy.url, token: await api.token() });
          const [old, recent] = [codes(12, before + 1), codes(8, before + 13)];
          before += 20;
          try {
            await registerAll(api, old);
            const following = run(`D${before}`, { batch });
            await registerAll(api, recent);
            await following;
          } finally {
            await proxy.stop();
          }
          expect(entities()).toEqual(codes(before));
        },
      ),
      runs(4),
    );
  },
  PROPERTY_TIMEOUT_MS,
);

test('a server that is restarted in the middle is followed on', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const clock = new TestClock('2023-01-01T00:00:00.000Z');
  const log = openSqliteEventStore({
    path: `${folder.path}/ledger.db`,
    prefix: STREAM_PREFIX,
    clock: { simulated: clock },
    nodeClock: clock,
  });
  onEnd(() => log.close());
  const proxy = await startCuttingProxy(() => undefined);
  onEnd(() => proxy.stop());
  const start = async (): Promise<TestApi> => {
    const api = await startApi({ eventStore: () => notClosing(log) });
    proxy.target(Number(new URL(api.url).port));
    return api;
  };
  const first = await start();
  await registerAll(first, codes(3));
  let isLive: (() => void) | undefined;
  const live = new Promise<void>((resolve) => {
    isLive = resolve;
  });
  const { follow: run, entities } = reader({ url: proxy.url, token: await first.token() });
  const done = run('D6', {
    onState: ({ kind }) => {
      if (kind === 'LIVE') isLive?.();
    },
  });
  await live;
  await first.close();
  const second = await start();
  onEnd(() => second.close());
  await registerAll(second, codes(3, 4));
  await done;
  expect(entities()).toEqual(codes(6));
});

test('two processes with one cursor do the work once: the slower one stops', async () => {
  const api = await startedApi();
  await registerAll(api, codes(6));
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const token = await api.token();
  const [one, other] = [1, 2].map(() => {
    const db = new Database(`${folder.path}/done.db`);
    onEnd(() => db.close());
    return reader({ url: api.url, token }, 'shared', db);
  });
  // The other one moves the cursor between the first one's look at it and its commit.
  const store = sqliteCursorStore(one!.db, 'shared');
  const slow = one!.follow('D6', {
    store: {
      load: () => store.load(),
      commit: async (move, work) => {
        await other!.follow('D6');
        await store.commit(move, work);
      },
    },
  });
  await expect(slow).rejects.toThrow(CursorMovedError);
  expect(one!.entities()).toEqual(codes(6));
});

test('its store waits for a lock of another program', () => {
  const { db } = reader({ url: '', token: '' });
  sqliteCursorStore(db, 'reader');
  expect(db.prepare('PRAGMA busy_timeout').get()).toMatchObject({ timeout: 5_000 });
});

test('a token without a role, or that is none, ends it', async () => {
  const api = await startedApi();
  const nobody = reader({ url: api.url, token: await api.token({ roles: [] }) });
  await expect(nobody.follow('D1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const stranger = reader({ url: api.url, token: 'none' });
  await expect(stranger.follow('D1')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a cursor beyond the end of the ledger ends it: it is of another ledger', async () => {
  const api = await startedApi();
  await register(api, 'D1');
  const lost = reader({ url: api.url, token: await api.token() });
  await expect(lost.follow('D2', { startAfter: '99' })).rejects.toMatchObject({ code: 'AS_OF_IN_FUTURE' });
});
