import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { FeedClient, feedClient, isCaughtUp, marksOf, read, sequencesOf, TRANSPORTS } from '../support/feed-client';
import { startNode } from '../support/node-process';
import { HeldStore } from './stage';
import { handedOut, Happening, here, HISTORY, Host, StartPoint, Refused, seated, Stage } from './table';

const PLACES: readonly (readonly [string, StartPoint])[] = [
  ['the start', { start: 0, after: () => 0n }],
  ['a position from before the read models were rebuilt', { start: 3, after: ({ kept }) => kept }],
  ['the middle', { start: HISTORY / 2, after: ({ positions }) => positions[HISTORY / 2]! }],
  ['just after a change, where there is none', { start: 8, after: ({ positions }) => positions[8]! + 1n }],
  ['just before a change, where there is none', { start: 8, after: ({ positions }) => positions[9]! - 1n }],
  ['just before the first change, where there is none', { start: 0, after: ({ positions }) => positions[1]! - 1n }],
  ['the last change', { start: HISTORY - 1, after: ({ positions }) => positions[HISTORY - 1]! }],
  ['the head', { start: HISTORY, after: ({ positions }) => positions[HISTORY]! }],
  ['now', { start: HISTORY, after: undefined }],
];

const MALFORMED = {
  path: ['changes'],
  extensions: { code: 'BAD_USER_INPUT', violations: [expect.objectContaining({ path: '/after' })] },
};
const IN_FUTURE = { path: ['changes'], extensions: { code: 'AS_OF_IN_FUTURE' } };

/** In every case. */
const REFUSED: readonly (readonly [string, Refused])[] = [
  ['a text that is not a number', { after: () => 'here', error: MALFORMED }],
  ['an empty text', { after: () => '', error: MALFORMED }],
  ['before the start', { after: () => '-1', error: MALFORMED }],
  ['a fraction', { after: ({ positions }) => `${positions[8]}.5`, error: MALFORMED }],
  ['a position with a leading zero', { after: ({ positions }) => `0${positions[8]}`, error: MALFORMED }],
  ['more than a position can be', { after: () => String(2n ** 64n), error: MALFORMED }],
  ['the future', { after: ({ positions }) => String(positions.at(-1)! + 1_000_000_000n), error: IN_FUTURE }],
  ['the last position that there can be', { after: () => String(2n ** 64n - 1n), error: IN_FUTURE }],
];

/** Appends at one moment of a read: before the read models are read, or before their answer is used. */
function whileRecordIsRead(moment: 'hold' | 'keep', changes: number): Happening {
  const store = new HeldStore();
  return here({ changes, marks: ['CAUGHT_UP'], options: { readModels: () => store } }, async (stage, api) => {
    await handedOut(stage, api);
    const head = stage.positions[HISTORY]!;
    let waiting = 0;
    let goOn = (): void => undefined;
    const goingOn = new Promise<void>((resolve) => (goOn = resolve));
    store[moment] = async ({ after, upTo }) => {
      // A read of one change comes from the node itself: it compares the read models with the log before each command.
      if (after >= head || upTo === after + 1n) return;
      waiting++;
      await goingOn;
    };
    await stage.readersCome();
    await seated(stage, api);
    await eventually('each that has something to read is at it', () =>
      Promise.resolve(waiting === stage.readers.filter(({ place }) => place.start < HISTORY).length),
    );
    await stage.burst(changes);
    await handedOut(stage, api);
    await stage.refuse();
    goOn();
  });
}

/** Some items, with changes that have long reasons, are larger than what an unread connection takes. */
const LARGE = `subscription($after: Position) { changes(after: $after) {
  ... on Change { position sequence ${Array.from({ length: 60 }, (_, index) => `r${index}: reason`).join(' ')} }
  ... on FeedMark { kind position }
} }`;

function theNodeIsKilled(): Happening {
  let node: Awaited<ReturnType<typeof startNode>>;
  let other: Host;
  return {
    changes: 16,
    marks: ['CAUGHT_UP', 'CAUGHT_UP'],
    serve: async ({ standIn, onEnd }) => {
      const start = () => startNode({ EVENTSTORE_URL: standIn.url }, onEnd);
      [node, other] = await Promise.all([start(), start()]);
      return node;
    },
    happen: async (stage) => {
      await stage.readersComeAndCatchUp();
      await stage.write(6);
      await stage.refuse();
      const writing = stage.burst(10);
      await stage.all(({ lastSequence }) => lastSequence > HISTORY + 6);
      stage.host = other;
      await node.kill();
      await stage.refuse();
      await writing;
    },
  };
}

const HAPPENINGS: readonly (readonly [string, Happening])[] = [
  [
    'nothing happens',
    here({ changes: 0, marks: ['CAUGHT_UP'] }, async (stage) => {
      await stage.readersComeAndCatchUp();
      await stage.refuse();
    }),
  ],
  ['changes come while the record is read', whileRecordIsRead('hold', 15)],
  ['a burst comes at the hand-over', whileRecordIsRead('keep', 30)],
  [
    'the subscriber stops reading',
    here(
      { changes: 24, marks: ['CAUGHT_UP', 'LAGGED', 'CAUGHT_UP'], query: LARGE, options: { bufferSize: 2 } },
      async (stage, api) => {
        await stage.readersComeAndCatchUp();
        for (const { client } of stage.readers) client.pause();
        await stage.write(24, { reason: 'x'.repeat(20_000) });
        await handedOut(stage, api);
        await stage.refuse();
        for (const { client } of stage.readers) client.resume();
      },
    ),
  ],
  ['the node is killed', theNodeIsKilled()],
  [
    'the upstream subscription is dropped',
    here({ changes: 9, marks: ['CAUGHT_UP'] }, async (stage, api) => {
      await stage.readersComeAndCatchUp();
      const { standIn } = stage;
      for (const drop of ['cleanly', 'with an error', 'silently'] as const) {
        await standIn.until(() => standIn.subscriptions.some(({ ended }) => !ended));
        await handedOut(stage, api);
        standIn.drop(drop);
        if (drop === 'silently') await stage.refuse();
        await stage.write(3);
      }
    }),
  ],
];

describe.each(HAPPENINGS)('%s:', (_, happening) => {
  const onEnd = cleanUps(afterAll);
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.play(happening, PLACES, REFUSED, onEnd);
  });

  describe.each(TRANSPORTS)('over %s', (transport) => {
    test.each(PLACES)('from %s: every change once, and the right marks', (place, { start }) => {
      const { items } = stage.readers.find((reader) => reader.transport === transport && reader.name === place)!;
      const expected = stage.positions.map(String).slice(start + 1);
      const onRecord = HISTORY - start;
      expect(items.slice(0, onRecord + 1).map(({ kind, position }) => [position, kind])).toEqual([
        ...expected.slice(0, onRecord).map((position) => [position, undefined]),
        [String(stage.positions[HISTORY]), 'CAUGHT_UP'],
      ]);
      expect(items.flatMap(({ kind, position }) => (kind ? [] : position))).toEqual(expected);
      expect(sequencesOf(items)).toEqual(expected.map((_position, index) => start + 1 + index));
      expect(marksOf(items)).toEqual(happening.marks);
    });

    test.each(REFUSED)('from %s: refused, before and during it', (place, { error }) => {
      const told = stage.refusals.filter((refusal) => refusal.transport === transport && refusal.place === place);
      expect(told.length).toBeGreaterThanOrEqual(2);
      for (const refusal of told) expect(refusal.error).toMatchObject(error);
    });
  });
});

describe.each(TRANSPORTS)('also over %s', (transport) => {
  const onEnd = cleanUps();
  let count = 0;
  const write = (api: TestApi) => {
    const code = `D${++count}`;
    return api.write('registerDepartment', { code, name: code });
  };

  async function setUp(options: Parameters<typeof startApi>[0] = {}): Promise<[TestApi, FeedClient]> {
    const api = await startApi(options);
    onEnd(() => api.close());
    for (let change = 0; change < HISTORY; change++) await write(api);
    const client = feedClient(transport, { url: api.url, token: await api.token({ roles: ['analyst'] }) });
    onEnd(() => {
      client.dispose();
    });
    return [api, client];
  }

  test('it can be resumed after every position', async () => {
    const [, client] = await setUp();
    for (let after = 0; after <= HISTORY; after++) {
      const items = await read(client.ask({ variables: { after: String(after) } }), isCaughtUp);
      expect(items.map(({ position }) => Number(position))).toEqual([
        ...Array.from({ length: HISTORY - after }, (_, index) => after + 1 + index),
        HISTORY,
      ]);
    }
  });

  test('if nothing matches, PROGRESS moves the position to resume at', async () => {
    const [api, client] = await setUp({ progressMs: 10 });
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
