import { CursorMovedError, CursorStore, FollowOptions, FollowState, MingjianError } from '../../client/src/index';
import { unreachable } from '../../client/src/failure';
import { FeedItem } from '../../client/src/follow/feed-documents';
import { followFrom } from '../../client/src/follow/follow';
import { FeedSource } from '../../client/src/follow/source';
import { WaitingItems } from '../../client/src/follow/waiting-items';

interface Change {
  readonly eventId: string;
  readonly position: string;
}

const change = (position: number): Change => ({ eventId: `e${position}`, position: String(position) });

/** A cursor in memory. */
class Memory implements CursorStore<number[]> {
  readonly done: number[] = [];

  constructor(public cursor?: string) {}

  load(): string | undefined {
    return this.cursor;
  }

  async commit({ to }: { to: string }, work: (transaction: number[]) => unknown): Promise<void> {
    const transaction: number[] = [];
    await work(transaction);
    this.done.push(...transaction);
    this.cursor = to;
  }
}

/** A feed of three changes that is never live. */
const threeChanges = (over: Partial<FeedSource<Change>> = {}): FeedSource<Change> => ({
  page: (after, first) => {
    const nodes = [1, 2, 3].filter((position) => position > Number(after)).slice(0, first);
    const position = String(nodes.at(-1) ?? after);
    return Promise.resolve({ nodes: nodes.map(change), position, pageInfo: { hasNextPage: Number(position) < 3 } });
  },
  live: () => ended(unreachable('cut')),
  ...over,
});

function ended(error: Error, items: readonly FeedItem<Change>[] = []) {
  const waiting = new WaitingItems<FeedItem<Change>>(10);
  for (const item of items) waiting.add(item);
  waiting.finish({ kind: 'FAILED', error });
  return { take: () => waiting.take(), close: () => undefined };
}

interface Followed {
  readonly error: unknown;
  readonly states: readonly FollowState[];
}

/** Follows until it rejects, or has waited `waits` times. */
async function followed(
  source: FeedSource<Change>,
  options: Partial<FollowOptions<number[], Change>> & { readonly isTokenFixed?: boolean; readonly waits?: number },
): Promise<Followed> {
  const { waits = 3, ...given } = options;
  const controller = new AbortController();
  const states: FollowState[] = [];
  const error: unknown = await followFrom(source, {
    store: new Memory(),
    work: (changes, transaction) => {
      transaction.push(...changes.map(({ position }) => Number(position)));
    },
    signal: controller.signal,
    isTokenFixed: true,
    pauseBefore: () => 0,
    ...given,
    onState: (state) => {
      states.push(state);
      if (states.filter(({ kind }) => kind === 'WAITING').length === waits) controller.abort();
    },
  }).catch((reason: unknown) => reason);
  return { error, states };
}

test('it begins after startAfter only if there is no cursor yet', async () => {
  const fresh = new Memory();
  await followed(threeChanges(), { store: fresh, startAfter: '1', waits: 1 });
  expect(fresh).toEqual({ done: [2, 3], cursor: '3' });
  const resumed = new Memory('2');
  await followed(threeChanges(), { store: resumed, startAfter: '0', waits: 1 });
  expect(resumed).toEqual({ done: [3], cursor: '3' });
});

test.each(['BAD_USER_INPUT', 'AS_OF_IN_FUTURE', 'FORBIDDEN', 'DOCUMENT_NOT_TRUSTED', 'UNAUTHENTICATED'])(
  'it rejects if the ledger refuses with %s, in a page and live',
  async (code) => {
    const refusal = new MingjianError('no', code);
    expect((await followed(threeChanges({ page: () => Promise.reject(refusal) }), {})).error).toBe(refusal);
    expect((await followed(threeChanges({ live: () => ended(refusal) }), {})).error).toBe(refusal);
  },
);

test('it asks for another token a few times before it gives up', async () => {
  const refusal = new MingjianError('expired', 'UNAUTHENTICATED');
  let asked = 0;
  const source = threeChanges({
    page: () => {
      asked++;
      return Promise.reject(refusal);
    },
  });
  expect((await followed(source, { isTokenFixed: false, waits: 100 })).error).toBe(refusal);
  expect(asked).toBe(6);
});

test.each(['UNAVAILABLE', 'READ_MODEL_BEHIND', 'UNREACHABLE', 'LIMIT_EXCEEDED', 'INTERNAL_SERVER_ERROR'])(
  'it waits and tries again after %s',
  async (code) => {
    const failure = new MingjianError('later', code);
    const { error, states } = await followed(threeChanges({ page: () => Promise.reject(failure) }), {});
    expect(error).toBeUndefined();
    expect(states.filter(({ kind }) => kind === 'WAITING')).toEqual(
      Array(3).fill({ kind: 'WAITING', error: failure, ms: 0 }),
    );
  },
);

test('it waits at least as long as the server asks', async () => {
  const failure = new MingjianError('later', 'LIMIT_EXCEEDED', {}, 25);
  const { states } = await followed(threeChanges({ page: () => Promise.reject(failure) }), { waits: 1 });
  expect(states.at(-1)).toEqual({ kind: 'WAITING', error: failure, ms: 25 });
});

test('it counts its tries anew after work was committed', async () => {
  const tries: number[] = [];
  const pauseBefore = (count: number): number => {
    tries.push(count);
    return 0;
  };
  const store = new Memory();
  let round = 0;
  const live = () => ended(unreachable('cut'), ++round === 2 ? [{ __typename: 'Change', ...change(4) }] : []);
  await followed(threeChanges({ live }), { store, pauseBefore, waits: 3 });
  expect([store.done, tries]).toEqual([
    [1, 2, 3, 4],
    [0, 0, 1],
  ]);
});

test('it asks for smaller pages if the changes do not fit into an answer', async () => {
  const asked: number[] = [];
  const source = threeChanges();
  const tooMuch = new MingjianError('too much', 'LIMIT_EXCEEDED', { limit: 'maxAnswerBytes' });
  const page: FeedSource<Change>['page'] = (after, first, signal) => {
    asked.push(first);
    return first > 1 ? Promise.reject(tooMuch) : source.page(after, first, signal);
  };
  const store = new Memory();
  await followed({ ...source, page }, { store, batch: 5, waits: 1 });
  expect([asked, store.done]).toEqual([
    [5, 3, 2, 1, 1, 1],
    [1, 2, 3],
  ]);
});

test('it rejects with the error of the work, and the cursor stays before what was not done', async () => {
  const store = new Memory();
  const failure = new Error('no such account');
  const work = ([first]: readonly Change[]): void => {
    if (first?.position === '2') throw failure;
  };
  expect((await followed(threeChanges(), { store, work, batch: 1 })).error).toBe(failure);
  expect(store.cursor).toBe('1');
});

test('it stops if another reader has moved the cursor', async () => {
  const moved = new CursorMovedError();
  const store = { load: () => undefined, commit: () => Promise.reject(moved) };
  expect((await followed(threeChanges(), { store })).error).toBe(moved);
});

test.each([
  ['repeats a change', [change(2), change(2)], '2'],
  ['turns back', [change(2), change(1)], '2'],
  ['repeats what was committed', [change(1)], '1'],
  ['ends before its changes', [change(2)], '1'],
  ['has no position', [{ eventId: 'e', position: 'two' }], '2'],
])('it does no work if a page %s', async (_name, nodes, position) => {
  const store = new Memory('1');
  const page = () => Promise.resolve({ nodes, position, pageInfo: { hasNextPage: false } });
  const { states } = await followed(threeChanges({ page }), { store, waits: 1 });
  expect(store).toEqual({ done: [], cursor: '1' });
  expect(states.at(-1)).toMatchObject({ kind: 'WAITING', error: { code: 'UNREACHABLE' } });
});

test('it waits if pages do not get on', async () => {
  const page = (after: string) => Promise.resolve({ nodes: [], position: after, pageInfo: { hasNextPage: true } });
  const { states } = await followed(threeChanges({ page }), { waits: 1 });
  expect(states.at(-1)).toMatchObject({ kind: 'WAITING', error: { code: 'UNREACHABLE' } });
});

test('it begins nothing more after it is told to end, even if more has come', async () => {
  const controller = new AbortController();
  const store = new Memory('3');
  const waiting = new WaitingItems<FeedItem<Change>>(10);
  waiting.add({ __typename: 'Change', ...change(4) });
  const live = () => ({ take: () => waiting.take(), close: () => undefined });
  const work = (): void => {
    waiting.add({ __typename: 'Change', ...change(5) });
    controller.abort();
  };
  const source = threeChanges({ live });
  await followFrom(source, { store, work, signal: controller.signal, isTokenFixed: true });
  expect(store.cursor).toBe('4');
});

test('a mark moves the cursor without work', async () => {
  const store = new Memory();
  const live = () => ended(unreachable('cut'), [{ __typename: 'FeedMark', kind: 'PROGRESS', position: '9' }]);
  await followed(threeChanges({ live }), { store, waits: 1 });
  expect(store).toEqual({ done: [1, 2, 3], cursor: '9' });
});

test('it reads on in pages at once, without a pause, after the server says LAGGED', async () => {
  let round = 0;
  const live = () =>
    ended(unreachable('cut'), ++round === 1 ? [{ __typename: 'FeedMark', kind: 'LAGGED', position: '3' }] : []);
  const { states } = await followed(threeChanges({ live }), { waits: 1 });
  expect(states.map(({ kind }) => kind)).toEqual(['BACKFILLING', 'BACKFILLING', 'WAITING']);
});

test('it resolves when it is told to end, after the transaction that has begun', async () => {
  const controller = new AbortController();
  const store = new Memory();
  const work = async (): Promise<void> => {
    controller.abort();
    await Promise.resolve();
  };
  const following = followFrom(threeChanges(), {
    store,
    work,
    batch: 1,
    signal: controller.signal,
    isTokenFixed: true,
  });
  await expect(following).resolves.toBeUndefined();
  expect(store.cursor).toBe('1');
});
