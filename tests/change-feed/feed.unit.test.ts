import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Outage } from '../../src/kernel/outage';
import { Change } from '../../src/read-model/change';
import { cleanUps } from '../support/clean-ups';
import { sketches } from './history';
import { FeedStage, take } from './stage';

const onEnd = cleanUps();

async function setUp(seatSize: number, count: number): Promise<FeedStage> {
  const stage = new FeedStage(seatSize);
  onEnd(() => stage.close());
  await stage.open(sketches(count));
  return stage;
}

function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Until the live feed has delivered everything. */
async function followed({ live, log }: FeedStage): Promise<void> {
  while (live.position.position < log.head) await nextTurn();
}

describe('marks', () => {
  test.each([
    [0n, ['1', '2', '3', 'CAUGHT_UP 3', '4']],
    [2n, ['3', 'CAUGHT_UP 3', '4']],
    [3n, ['CAUGHT_UP 3', '4']],
    [undefined, ['CAUGHT_UP 3', '4']],
  ])('of a subscriber from %s', async (after, expected) => {
    const stage = await setUp(10, 3);
    const items = stage.feed({ after });
    const first = await take(items, expected.length - 1);
    await stage.append(sketches(1));
    expect([...first, ...(await take(items, 1))]).toEqual(expected);
  });

  test('CAUGHT_UP comes after everything recorded, even if the live feed has not reached it yet', async () => {
    const stage = await setUp(10, 1);
    const held = gate();
    stage.store.hold = () => held.opened;
    await stage.append(sketches(2));
    expect(stage.live.position.position).toBe(1n);
    const items = stage.feed({ after: 0n });
    const first = items.next();
    held.open();
    expect((await first).value).toMatchObject({ kind: 'CHANGE' });
    expect(await take(items, 3)).toEqual(['2', '3', 'CAUGHT_UP 3']);
    await stage.append(sketches(1));
    expect(await take(items, 1)).toEqual(['4']);
  });

  test('a subscriber from now on gets nothing that was recorded before, even if the live feed has not reached it yet', async () => {
    const stage = await setUp(10, 1);
    const held = gate();
    stage.store.hold = () => held.opened;
    await stage.append(sketches(2));
    const items = stage.feed();
    expect(await take(items, 1)).toEqual(['CAUGHT_UP 3']);
    held.open();
    await stage.append(sketches(1));
    expect(await take(items, 1)).toEqual(['4']);
  });

  test('if nothing matches, PROGRESS says how far the scan is; if nothing was recorded, nothing is sent', async () => {
    const stage = await setUp(10, 3);
    const items = stage.feed({ filter: { departments: ['D2'] }, after: 0n, progressMs: 1 });
    expect(await take(items, 1)).toEqual(['CAUGHT_UP 3']);
    const next = items.next();
    await stage.append(sketches(1));
    await followed(stage);
    expect((await next).value).toEqual({ kind: 'PROGRESS', position: 4n, recordedAt: 3 });
    await stage.append(sketches(1, { department: 'D2' }));
    expect(await take(items, 1)).toEqual(['5']);
  });

  test('a scan that finds nothing for long reports its position', async () => {
    const stage = await setUp(10, 50_001);
    const items = stage.feed({ filter: { departments: ['D2'] }, after: 0n });
    expect(await take(items, 2)).toEqual(['PROGRESS 50000', 'CAUGHT_UP 50001']);
  });

  test('a subscriber that does not fetch gets LAGGED with its last position, and loses nothing if it resumes there', async () => {
    const stage = await setUp(2, 1);
    const items = stage.feed();
    await take(items, 1);
    await stage.append(sketches(2));
    await followed(stage);
    expect(await take(items, 1)).toEqual(['2']);
    // One change waits for the subscriber, two fit its buffer, and one does not.
    await stage.append(sketches(3));
    await followed(stage);
    expect(await take(items, 3)).toEqual(['3', 'LAGGED 3', 'end']);
    expect(stage.live.subscribers).toBe(0);
    expect(await take(stage.feed({ after: 3n }), 4)).toEqual(['4', '5', '6', 'CAUGHT_UP 6']);
  });
});

describe('what a subscriber sees live', () => {
  test('is what it may see, whatever its filter is', async () => {
    const stage = await setUp(10, 1);
    const shows = ({ department }: Change): boolean => department === 'D1';
    const everything = stage.feed({ shows });
    const others = stage.feed({ shows, filter: { departments: ['D2'] }, progressMs: 1 });
    for (const items of [everything, others]) expect(await take(items, 1)).toEqual(['CAUGHT_UP 1']);
    const marks = take(others, 1);
    await stage.append(sketches(1, { department: 'D2' }));
    await stage.append(sketches(1, { department: 'D1' }));
    expect(await take(everything, 1)).toEqual(['3']);
    expect(await marks).toEqual([expect.stringMatching(/^PROGRESS/)]);
  });

  test('is masked, and its filter selects by what is left', async () => {
    const stage = await setUp(10, 1);
    const shown = (change: Change): Change => {
      const metadata = { ...change.event.metadata, actor: { sub: `masked ${change.event.metadata.actor.sub}` } };
      return { ...change, event: { ...change.event, metadata } };
    };
    const items = stage.feed({ shown, filter: { actors: ['masked u-1', 'u-2'] } });
    expect(await take(items, 1)).toEqual(['CAUGHT_UP 1']);
    await stage.append(sketches(1, { actor: 'u-2' }));
    await stage.append(sketches(1, { actor: 'u-1' }));
    const { value } = await items.next();
    expect(value).toMatchObject({
      kind: 'CHANGE',
      change: { event: { position: 3n, metadata: { actor: { sub: 'masked u-1' } } } },
    });
  });
});

describe('the switch from history to live', () => {
  test('a burst during the scan makes no subscriber lag, and nothing comes twice', async () => {
    const stage = await setUp(2, 3);
    const held = gate();
    stage.store.hold = () => held.opened;
    const items = stage.feed({ after: 1n });
    const first = items.next();
    await nextTurn();
    expect(stage.live.subscribers).toBe(1);
    await stage.append(sketches(5));
    held.open();
    await followed(stage);
    await first;
    expect(await take(items, 7)).toEqual(['3', '4', '5', '6', '7', '8', 'CAUGHT_UP 8']);
  });

  test('what is recorded between the scan and its end comes after the mark', async () => {
    const stage = await setUp(10, 2);
    const items = stage.feed({ after: 0n });
    expect(await take(items, 2)).toEqual(['1', '2']);
    await stage.append(sketches(2));
    await followed(stage);
    expect(await take(items, 3)).toEqual(['CAUGHT_UP 2', '3', '4']);
  });
});

describe('closing the feed', () => {
  test('before the first item was requested', async () => {
    const stage = await setUp(2, 1);
    const items = stage.feed();
    expect(await items.return()).toEqual({ done: true, value: undefined });
    expect(await take(items, 1)).toEqual(['end']);
    expect(stage.live.subscribers).toBe(0);
  });

  test('before the live feed has a position', async () => {
    const stage = new FeedStage(2);
    const items = stage.feed();
    const next = items.next();
    await items.return();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(stage.live.subscribers).toBe(0);
  });

  test('while it waits: the pending request ends, and the buffer is removed', async () => {
    const stage = await setUp(2, 1);
    const items = stage.feed();
    await take(items, 1);
    const next = items.next();
    await nextTurn();
    await items.return();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(stage.live.subscribers).toBe(0);
  });

  test('during the scan', async () => {
    const stage = await setUp(2, 3);
    const held = gate();
    stage.store.hold = () => held.opened;
    const items = stage.feed({ after: 0n });
    const next = items.next();
    await nextTurn();
    const left = items.return();
    held.open();
    await left;
    expect(await next).toEqual({ done: true, value: undefined });
    expect(stage.live.subscribers).toBe(0);
  });
});

test.each([0n, undefined])('a subscriber from %s that has gone leaves nothing behind', async (after) => {
  const stage = await setUp(10, 1);
  const items = stage.feed({ after });
  await take(items, 1);
  await items.return();
  expect(getEventListeners(stage.draining.signal, 'abort')).toEqual([]);
});

describe('when the node stops', () => {
  test('while a subscriber waits', async () => {
    const stage = await setUp(2, 3);
    const items = stage.feed();
    await take(items, 1);
    const rest = take(items, 2);
    await nextTurn();
    stage.draining.abort();
    expect(await rest).toEqual(['PROGRESS 3', 'end']);
    expect(stage.live.subscribers).toBe(0);
  });

  test('during the scan', async () => {
    const stage = await setUp(2, 3);
    const held = gate();
    stage.store.hold = () => held.opened;
    const rest = take(stage.feed({ after: 1n }), 2);
    await nextTurn();
    stage.draining.abort();
    held.open();
    expect(await rest).toEqual(['PROGRESS 1', 'end']);
  });

  test('before a subscriber came', async () => {
    const stage = await setUp(2, 3);
    stage.draining.abort();
    expect(await take(stage.feed(), 2)).toEqual(['PROGRESS 3', 'end']);
    expect(await take(stage.feed({ after: 1n }), 2)).toEqual(['PROGRESS 1', 'end']);
  });
});

describe('failures', () => {
  test('a subscriber gets the error if the history cannot be read, and its buffer is removed', async () => {
    const stage = await setUp(2, 3);
    stage.store.failure = new Outage('Redis cannot be reached');
    const items = stage.feed({ after: 0n });
    await expect(items.next()).rejects.toThrow('Redis cannot be reached');
    expect(await take(items, 1)).toEqual(['end']);
    expect(stage.live.subscribers).toBe(0);
  });

  test.each([new Outage('Redis cannot be reached'), new Error('a bug of ours')])(
    'the live feed continues after %s, and no subscriber loses a change',
    async (failure) => {
      const stage = await setUp(10, 1);
      const items = stage.feed();
      await take(items, 1);
      stage.store.failure = failure;
      await stage.append(sketches(2));
      while (stage.troubles.length === 0) await nextTurn();
      stage.store.failure = undefined;
      expect(await take(items, 2)).toEqual(['2', '3']);
      expect(stage.troubles).toEqual([failure]);
    },
  );
});
