import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { Change } from '../../src/read-model/change';
import { VersionRange } from '../../src/read-model/temporal-store';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { aMetadata, anEvent } from '../support/events';
import { eventually } from '../support/eventually';
import { feedClient, read, Transport, TRANSPORTS } from '../support/feed-client';

const onEnd = cleanUps();
afterEach(() => jest.restoreAllMocks());

/** Read models that count how often each change was rendered. */
class WatchedStore extends MemoryTemporalStore {
  readonly told = new Set<bigint>();

  override changes(range: VersionRange): Change[] {
    const { told } = this;
    return super.changes(range).map((change) => ({
      ...change,
      get sequence() {
        told.add(change.sequence);
        return change.sequence;
      },
    }));
  }
}

async function setUp(transport: Transport, length: number, reason?: string) {
  const store = new WatchedStore();
  const api = await startApi({ readModels: () => store });
  onEnd(() => api.close());
  const metadata = aMetadata({ reason });
  const registered = anEvent({
    type: 'DepartmentRegistered',
    data: { code: 'D1', name: '局', functions: [] },
    metadata,
  });
  const renamed = Array.from({ length: length - 1 }, (_, index) =>
    anEvent({ type: 'DepartmentRenamed', data: { name: `局${index}` }, metadata }),
  );
  for (const event of [registered, ...renamed]) await api.eventStore.append('mingjian-department-D1', [event], 'any');
  await eventually('all can be read', async () => (await lagOf(api)) === 0);
  const client = feedClient(transport, { url: api.url, token: await api.token() });
  onEnd(() => {
    client.dispose();
  });
  return { api, store, client };
}

const lagOf = async (api: TestApi): Promise<number> => (await api.data('{ ledger { lagEvents } }')).ledger.lagEvents;

test.each(TRANSPORTS)(
  'other requests are answered while one subscriber reads a backlog as fast as it can, over %s',
  async (transport) => {
    const length = 1_000;
    const { api, client } = await setUp(transport, length);
    // It always looks as if the last item had taken too long. How many items make a turn is then not for the machine to say.
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
    const order: string[] = [];
    let answer: Promise<unknown> | undefined;
    await read(
      client.ask({ query: 'subscription { changes(after: "0") { ... on Change { sequence } } }' }),
      (items) => items.length === length,
      ({ sequence }) => {
        if (sequence === '1') answer = api.data('{ ledger { head } }').then(() => order.push('answer'));
        if (sequence === '1' || sequence === String(length)) order.push(`change ${sequence}`);
      },
    );
    await answer;
    expect(order).toEqual(['change 1', 'answer', `change ${length}`]);
  },
);

/** Until nothing more is asked of the read models, however often others have their turn. */
async function settled(api: TestApi, { told }: WatchedStore): Promise<void> {
  for (let quiet = 0; quiet < 20; quiet++) {
    const before = told.size;
    await lagOf(api);
    if (told.size > before) quiet = 0;
  }
}

const LARGE = `subscription { changes(after: "0") {
  ... on Change { sequence ${Array.from({ length: 60 }, (_, index) => `r${index}: reason`).join(' ')} }
} }`;

describe.each(TRANSPORTS)('over %s', (transport) => {
  test.each([40, 80])(
    'with %d large changes, a subscriber that stops reading gets only as many as fit its connection',
    async (length) => {
      const { api, store, client } = await setUp(transport, length, 'x'.repeat(20_000));
      const reading = client.ask({ query: LARGE });
      await reading.next();
      client.pause();
      await settled(api, store);
      // An unread loopback connection takes about 4 MB, and a change has more than 1 MB.
      expect(store.told.size).toBeLessThan(20);
      client.resume();
      let count = 1;
      for await (const { data } of reading) {
        expect(data.changes.sequence).toBe(String(++count));
        if (count === length) break;
      }
      expect(store.told.size).toBe(length);
    },
  );
});
