import { Readable } from 'node:stream';
import { features } from '../../src/app/features';
import { StoredEvent } from '../../src/event-store/envelope';
import { EventStore } from '../../src/event-store/event-store';
import { upcasting } from '../../src/event-store/event-types';
import { testStreams } from '../support/streams';
import { Outage } from '../../src/kernel/outage';
import { rebuild, RebuildOptions, RebuildProgress } from '../../src/projector/rebuild';
import { Difference, verifyAll, verifyEntities } from '../../src/projector/verification';
import { RedisTemporalStore } from '../../src/read-model/adapters/redis/redis-temporal-store';
import { documentKey } from '../../src/read-model/temporal-store';
import { startApi, TestApi } from '../support/api';
import { collect } from '../support/events';
import { openReadModels } from '../support/redis/harness';
import { sharedRedis } from '../support/redis/shared-redis';
import { NO_TROUBLE } from '../support/telemetry';
import { NO_TELEMETRY } from '../../src/kernel/telemetry';

const YEAR = { department: 'D1', fiscalYear: 2023 };
const BUDGET = { entityType: 'BUDGET', code: 'D1.2023' } as const;

const redis = sharedRedis();
let api: TestApi;
let store: RedisTemporalStore;
let log: EventStore;

beforeEach(async () => {
  await redis.client.flushall();
  // After a switch, the projector finds its old read models gone, and continues with the new ones.
  api = await startApi({ readModels: () => openReadModels(redis.url), telemetry: NO_TELEMETRY });
  store = openReadModels(redis.url, undefined, { cacheBytes: undefined });
  log = upcasting(api.eventStore, features.eventTypes);
  await api.write('registerDepartment', { code: 'D1', name: '数据管理局' });
  const lines = [
    { code: 'L1', name: '基本支出', amount: '600.00', fundSource: 'GENERAL_PUBLIC_BUDGET' },
    { code: 'L2', name: '项目支出', amount: '400.00', fundSource: 'GENERAL_PUBLIC_BUDGET' },
  ];
  await api.write('approveBudget', { ...YEAR, lines });
  for (let month = 1; month <= 5; month++) {
    await api.write('recordExpenditure', { ...YEAR, line: 'L1', amount: `${month}.50` });
  }
});
afterEach(async () => {
  await store.close();
  await api.close();
});

const parts = () => ({
  log,
  streams: testStreams,
  projections: features.projections,
});
const build = (options: Partial<RebuildOptions> = {}) =>
  rebuild({
    ...parts(),
    store,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    telemetry: NO_TROUBLE,
    ...options,
  });
const differences = async (): Promise<Difference[]> => {
  const upTo = await store.watermark();
  return collect(verifyAll({ ...parts(), store, upTo: upTo! }));
};
const remaining = async () =>
  (await api.data('{ budget(department: "D1", fiscalYear: 2023) { remaining revision } }')).budget;
/** The versions of the read models that have keys. */
const versionsWithKeys = async () =>
  new Set((await redis.client.keys('*')).flatMap((key) => /\{([0-9a-f]{12})\./.exec(key)?.[1] ?? []));

describe('a rebuild', () => {
  it('gives read models with the same answers, and leaves nothing of the old ones', async () => {
    const before = await remaining();
    const [old] = await versionsWithKeys();
    const seen: RebuildProgress[] = [];
    const result = await build({ onProgress: (progress) => seen.push(progress) });

    expect(result).toMatchObject({ kind: 'serving', compared: 2, watermark: { sequence: 7n } });
    expect(seen.at(-1)?.written.position).toBe(seen.at(-1)?.head);
    expect(await remaining()).toEqual(before);
    expect((await versionsWithKeys()).size).toBe(2);
    await store.collect();
    const left = await versionsWithKeys();
    expect(left.size).toBe(1);
    expect(left).not.toContain(old);
    expect(await remaining()).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it('is not noticed by clients that read and write at the same time', async () => {
    const stop = new AbortController();
    const spent: string[] = [];
    const load = (async () => {
      while (!stop.signal.aborted) {
        await api.write('recordExpenditure', { ...YEAR, line: 'L2', amount: '0.01' });
        spent.push('0.01');
        const { revision } = await remaining();
        expect(revision).toBe(6 + spent.length);
      }
    })();
    for (let round = 0; round < 3; round++) {
      expect(await build()).toMatchObject({ kind: 'serving' });
      await store.collect();
    }
    stop.abort();
    await load;

    expect(await differences()).toEqual([]);
  });

  it('works for an older log that was restored, even though the new read models are behind the old ones', async () => {
    const until = 4n;
    const upTo = (events: AsyncIterable<StoredEvent>) =>
      Readable.from(events).filter(({ position }) => position <= until);
    const older: typeof log = {
      ...log,
      head: () => Promise.resolve(until),
      readStream: (stream, from) => upTo(log.readStream(stream, from)),
      readAll: (after) => upTo(log.readAll(after)),
      async *subscribe(after, signal) {
        for await (const message of log.subscribe(after, signal)) {
          if (message.kind !== 'events') yield message;
          else yield { ...message, events: message.events.filter(({ position }) => position <= until) };
        }
      },
    };
    expect(await build({ log: older })).toMatchObject({ kind: 'serving', watermark: { position: until } });
  });

  it('does not drop a version that serves already, whatever fails after the switch', async () => {
    jest.spyOn(store, 'candidate').mockImplementationOnce(async () => {
      const successor = await store.candidate();
      const serve = successor.promote.bind(successor);
      successor.promote = async () => {
        if (!(await serve())) return false;
        throw new Outage('the answer was lost');
      };
      return successor;
    });
    await expect(build()).rejects.toThrow('the answer was lost');

    expect(await remaining()).toMatchObject({ revision: 6 });
    expect(await differences()).toEqual([]);
  });

  it('lets the old version serve if it is stopped', async () => {
    const [old] = await versionsWithKeys();
    const stop = new AbortController();
    const onProgress = () => {
      stop.abort();
    };
    expect(await build({ signal: stop.signal, onProgress })).toEqual({ kind: 'stopped' });

    expect(await versionsWithKeys()).toEqual(new Set([old]));
    expect(await remaining()).toMatchObject({ revision: 6 });
  });

  it('lets the old version serve if the new one differs from the log', async () => {
    const [old] = await versionsWithKeys();
    const wrong: typeof log = {
      append: (stream, events, expected) => log.append(stream, events, expected),
      readStream: (stream, from) => log.readStream(stream, from),
      readAll: (after) => log.readAll(after),
      head: () => log.head(),
      requireWritable: () => log.requireWritable(),
      forget: () => {
        log.forget();
      },
      close: () => Promise.resolve(),
      // As an error on the way from the log to the read models would.
      async *subscribe(after, signal) {
        for await (const message of log.subscribe(after, signal)) {
          if (message.kind === 'events') {
            const events = message.events.map((event) =>
              event.type === 'ExpenditureRecorded' ? { ...event, data: { ...event.data, amount: '1.00' } } : event,
            );
            yield { ...message, events };
          } else yield message;
        }
      },
    };
    const result = await build({ log: wrong });

    expect(result.kind).toBe('different');
    expect(result).toMatchObject({
      differences: expect.arrayContaining([expect.objectContaining({ readModels: '1.00' })]),
    });
    expect(await versionsWithKeys()).toEqual(new Set([old]));
    expect(await remaining()).toMatchObject({ remaining: '982.50' });
  });
});

describe('a verification', () => {
  it('finds no difference if there is none', async () => {
    expect(await differences()).toEqual([]);
    expect(await collect(verifyEntities({ ...parts(), store, upTo: (await store.watermark())! }, [BUDGET]))).toEqual(
      [],
    );
  });

  it('names what was changed in a document, by its path', async () => {
    const key = (await redis.client.keys('*BUDGET/D1.2023')).find((name) => name.includes(':d:'))!;
    const entries = (await redis.client.xrange(key, '-', '+')) as [string, string[]][];
    // At once: a node that reads the document meanwhile would report it as lost.
    const forging = redis.client.multi().del(key);
    // The first version has another amount in a line, and the newest another executed amount.
    for (const [entry, fields] of entries) {
      const forged = fields.map((field) => field.replace('"400.00"', '"400.01"').replace('"17.50"', '"17.51"'));
      forging.xadd(key, entry, ...(entry === entries[0]![0] || entry === entries.at(-1)![0] ? forged : fields));
    }
    await forging.exec();
    const found = await differences();

    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(found.map(({ where }) => where)).toContain(`document ${documentKey('BUDGET', 'D1.2023')} at position 2`);
    expect(found.map(({ readModels }) => readModels)).toContain('17.51');
    const ofEntity = await collect(verifyEntities({ ...parts(), store, upTo: (await store.watermark())! }, [BUDGET]));
    expect(ofEntity.length).toBeGreaterThanOrEqual(2);
  });

  it('names missing and extra members of a collection', async () => {
    const key = (await redis.client.keys('*:c:BUDGET'))[0]!;
    const [member] = (await redis.client.zrange(key, '0', '-1')) as [string];
    const extra = `${Buffer.from('X', 'utf16le').swap16().toString('hex')}0000${'1'.padStart(20, '0')}`;
    await redis.client.multi().zrem(key, member).zadd(key, '0', extra).exec();
    const found = await differences();

    expect(found).toEqual([
      { where: 'D1.2023 in collection BUDGET at position 2', path: '', log: true, readModels: false },
      { where: 'collection BUDGET', path: '/0', log: 'D1.2023', readModels: 'X' },
    ]);
  });
});
