import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { collect } from '../support/events';
import { eventually } from '../support/eventually';
import {
  FeedClient,
  feedClient,
  isCaughtUp,
  Item,
  marksOf,
  read,
  sequencesOf,
  TRANSPORTS,
} from '../support/feed-client';

const HISTORY = 12;

const onEnd = cleanUps();

let count = 0;
const write = (api: TestApi, input: object = {}) => {
  const code = `D${++count}`;
  return api.write('registerDepartment', { code, name: code, ...input });
};

async function setUp(options: Parameters<typeof startApi>[0] = {}): Promise<TestApi> {
  const api = await startApi(options);
  onEnd(() => api.close());
  for (let change = 0; change < HISTORY; change++) await write(api);
  return api;
}

async function clientOf(transport: (typeof TRANSPORTS)[number], api: TestApi): Promise<FeedClient> {
  const client = feedClient(transport, { url: api.url, token: await api.token({ roles: ['analyst'] }) });
  onEnd(() => {
    client.dispose();
  });
  return client;
}

const headOf = (api: TestApi): Promise<number> => collect(api.eventStore.readAll(0n)).then(({ length }) => length);

/** After how many changes readers begin; the log of these tests has one event at each position. */
const PLACES = [
  ['the start', 0],
  ['the middle', HISTORY / 2],
  ['the last change', HISTORY - 1],
  ['the head', HISTORY],
  ['now', undefined],
] as const;

const burst = (api: TestApi, size: number): Promise<unknown> =>
  Promise.all(Array.from({ length: size }, () => write(api)));

interface Happening {
  /** When it begins to happen. */
  readonly at: 'never' | 'once they ask' | 'once one has caught up';
  readonly changes: number;
}

const HAPPENINGS: readonly (readonly [string, Happening])[] = [
  ['nothing happens', { at: 'never', changes: 0 }],
  ['changes come while the record is read', { at: 'once they ask', changes: 15 }],
  ['a burst comes at the hand-over', { at: 'once one has caught up', changes: 30 }],
];

describe.each(TRANSPORTS)('over %s', (transport) => {
  test.each(HAPPENINGS)('from everywhere, and %s', async (_, { at, changes }) => {
    const api = await setUp();
    const client = await clientOf(transport, api);
    const total = HISTORY + changes;
    let happening: Promise<unknown> | undefined;
    const happen = () => (happening ??= burst(api, changes));
    const reading = PLACES.map(async ([place, after]) => {
      const variables = after === undefined ? {} : { after: String(after) };
      const items = await read(
        client.ask({ variables }),
        (seen) => marksOf(seen).length > 0 && Number(seen.at(-1)!.position) >= total,
        ({ kind }) => {
          if (at === 'once one has caught up' && kind === 'CAUGHT_UP') void happen();
        },
      );
      return { place, after, items };
    });
    if (at === 'once they ask') void happen();
    for (const { place, after, items } of await Promise.all(reading)) {
      // Who asks from now on, and is overtaken, begins where they are.
      const start = after ?? Number(items[0]!.sequence ?? Number(items[0]!.position) + 1) - 1;
      const wanted = Array.from({ length: total - start }, (_item, index) => start + 1 + index);
      expect({ place, sequences: sequencesOf(items) }).toEqual({ place, sequences: wanted });
      expect({ place, marks: marksOf(items) }).toEqual({ place, marks: ['CAUGHT_UP'] });
      expect(Number(items.find(({ kind }) => kind)!.position)).toBeGreaterThanOrEqual(HISTORY);
    }
    await happening;
    await eventually('the seats are free', () => Promise.resolve(api.ledger.services.feed.tail.readers === 0));
  });

  test('it can be resumed after every position', async () => {
    const api = await setUp();
    const client = await clientOf(transport, api);
    for (let after = 0; after <= HISTORY; after++) {
      const items = await read(client.ask({ variables: { after: String(after) } }), isCaughtUp);
      expect(items.map(({ position }) => Number(position))).toEqual([
        ...Array.from({ length: HISTORY - after }, (_, index) => after + 1 + index),
        HISTORY,
      ]);
    }
  });

  test('who stops reading is told that it is late, and loses nothing by resuming', async () => {
    const api = await setUp({ seatSize: 2 });
    const client = await clientOf(transport, api);
    // Each item is larger than a connection's buffers are in the long run.
    const big = Array.from({ length: 60 }, (_, index) => `r${index}: reason`).join(' ');
    const query = `subscription($after: Position) { changes(after: $after) {
      ... on Change { position sequence ${big} } ... on FeedMark { kind position } } }`;
    const caughtUp = new AbortController();
    const reading = read(client.ask({ query }), undefined, ({ kind }) => {
      if (kind !== 'CAUGHT_UP') return;
      client.pause();
      caughtUp.abort();
    });
    while (!caughtUp.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
    const written = 14;
    for (let change = 0; change < written; change++) await write(api, { reason: '绩'.repeat(20_000) });
    const { tail } = api.ledger.services.feed;
    await eventually('all was handed out', async () => Number(tail.position.position) === (await headOf(api)));
    client.resume();
    const before = await reading;
    expect(marksOf(before)).toEqual(['CAUGHT_UP', 'LAGGED']);
    expect(tail.readers).toBe(0);
    const { position } = before.at(-1)!;
    expect(Number(position)).toBe(HISTORY + sequencesOf(before).length);
    const after: Item[] = await read(client.ask({ variables: { after: position } }), isCaughtUp);
    expect([...sequencesOf(before), ...sequencesOf(after)]).toEqual(
      Array.from({ length: written }, (_, index) => HISTORY + 1 + index),
    );
  });

  test('where nothing matches, PROGRESS moves the place to resume at', async () => {
    const api = await setUp({ progressMs: 10 });
    const client = await clientOf(transport, api);
    const filter = { departments: ['NONE'] };
    const items = await read(
      client.ask({ variables: { filter, after: '0' } }),
      (seen) => Number(seen.at(-1)!.position) === HISTORY + 1,
      ({ kind }) => {
        if (kind === 'CAUGHT_UP') void write(api);
      },
    );
    expect(items.map(({ kind, position }) => `${kind} ${position}`)).toEqual([
      `CAUGHT_UP ${HISTORY}`,
      `PROGRESS ${HISTORY + 1}`,
    ]);
  });
});
