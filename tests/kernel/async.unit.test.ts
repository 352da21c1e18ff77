import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { awaitedLater, Bell, ClosableIterator, eachOf, KeyedQueue, mapIterator } from '../../src/kernel/async';

/** A task that a test ends. */
function deferred<T = void>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** Whether a promise is settled after everything that can run now has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  await turn();
  return settled;
}

describe('KeyedQueue', () => {
  test('runs the tasks of one key one after the other, in the order in which they come', async () => {
    const queue = new KeyedQueue();
    const gate = deferred();
    const log: string[] = [];
    const first = queue.run('a', async () => {
      log.push('first begins');
      await gate.promise;
      log.push('first ends');
    });
    const others = [2, 3].map((number) =>
      queue.run('a', () => {
        log.push(`task ${number}`);
        return Promise.resolve(number);
      }),
    );
    await turn();
    expect(log).toEqual(['first begins']);

    gate.resolve();
    expect(await Promise.all([first, ...others])).toEqual([undefined, 2, 3]);
    expect(log).toEqual(['first begins', 'first ends', 'task 2', 'task 3']);
  });

  test('runs the tasks of different keys concurrently', async () => {
    const queue = new KeyedQueue();
    const gate = deferred();
    const blocked = queue.run('a', () => gate.promise);
    expect(await queue.run('b', () => Promise.resolve('done'))).toBe('done');
    expect(await isSettled(blocked)).toBe(false);
    gate.resolve();
    await blocked;
  });

  test('reports the failure of a task only to its caller, and runs the next one', async () => {
    const queue = new KeyedQueue();
    const gate = deferred();
    const failing = queue.run('a', () => gate.promise);
    const next = queue.run('a', () => Promise.resolve('next'));
    gate.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  test('treats a task that throws synchronously as one that fails', async () => {
    const queue = new KeyedQueue();
    const thrown = queue.run('a', () => {
      throw new Error('at once');
    });
    await expect(thrown).rejects.toThrow('at once');
    expect(await queue.run('a', () => Promise.resolve(1))).toBe(1);
  });

  test('keeps the order if a task comes just as the last one ends', async () => {
    const queue = new KeyedQueue();
    const running = new Set<number>();
    const task = (number: number) => async (): Promise<void> => {
      expect([...running]).toEqual([]);
      running.add(number);
      await turn();
      running.delete(number);
    };
    const first = queue.run('a', task(1));
    const second = first.then(() => queue.run('a', task(2)));
    const third = first.then(() => queue.run('a', task(3)));
    await Promise.all([first, second, third, queue.run('a', task(4))]);
  });

  test('lets a task of one key wait for a task of another', async () => {
    const queue = new KeyedQueue();
    expect(await queue.run('a', () => queue.run('b', () => Promise.resolve('inner')))).toBe('inner');
  });
});

describe('Bell', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('wakes all that wait, and none that comes later', async () => {
    const bell = new Bell();
    const waiting = [bell.wait(), bell.wait()];
    bell.ring();
    await Promise.all(waiting);
    expect(await isSettled(bell.wait())).toBe(false);
  });

  test('wakes those that began to wait in the same turn, before any promise continues', async () => {
    const bell = new Bell();
    const looked = bell.wait();
    bell.ring();
    bell.ring();
    expect(await isSettled(looked)).toBe(true);
  });

  test('loses no ring between a check and a wait: a reader sees every item', async () => {
    const bell = new Bell();
    const items: number[] = [];
    const seen: number[] = [];
    const reader = (async () => {
      while (seen.length < 1_000) {
        if (seen.length < items.length) seen.push(...items.slice(seen.length));
        else await bell.wait();
      }
    })();
    for (let item = 0; item < 1_000; item++) {
      items.push(item);
      bell.ring();
      if (item % 3 === 0) await Promise.resolve();
      if (item % 100 === 0) await turn();
    }
    await reader;
    expect(seen).toEqual(items);
  });

  test('resolves after the timeout if it does not ring before', async () => {
    const bell = new Bell();
    const waiting = bell.wait({ timeoutMs: 5_000 });
    jest.advanceTimersByTime(4_999);
    expect(await isSettled(waiting)).toBe(false);
    jest.advanceTimersByTime(1);
    expect(await isSettled(waiting)).toBe(true);
  });

  test('resolves, and does not reject, when the signal aborts', async () => {
    const bell = new Bell();
    const stopping = new AbortController();
    const waiting = bell.wait({ signal: stopping.signal });
    expect(await isSettled(waiting)).toBe(false);
    stopping.abort(new Error('stop'));
    await expect(waiting).resolves.toBeUndefined();
  });

  test('does not wait if the signal is aborted already', async () => {
    await expect(new Bell().wait({ signal: AbortSignal.abort() })).resolves.toBeUndefined();
  });

  test.each<[string, (bell: Bell, stopping: AbortController) => void]>([
    [
      'a ring',
      (bell) => {
        bell.ring();
      },
    ],
    [
      'the timeout',
      () => {
        jest.advanceTimersByTime(1_000);
      },
    ],
    [
      'an abort',
      (_bell, stopping) => {
        stopping.abort();
      },
    ],
  ])('leaves no listener or timer after %s', async (_what, wake) => {
    const bell = new Bell();
    const stopping = new AbortController();
    const waiting = bell.wait({ timeoutMs: 1_000, signal: stopping.signal });
    wake(bell, stopping);
    await waiting;
    expect(jest.getTimerCount()).toBe(0);
    expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
  });
});

/** Batches that a test can watch. */
function batchesOf(...batches: readonly (readonly number[])[]) {
  const asked = { batches: 0, closed: 0 };
  let left = batches;
  const end = (): Promise<IteratorResult<readonly number[], void>> => {
    asked.closed++;
    left = [];
    return Promise.resolve({ done: true, value: undefined });
  };
  const source = {
    next(): Promise<IteratorResult<readonly number[], void>> {
      asked.batches++;
      const [batch, ...others] = left;
      left = others;
      return Promise.resolve(batch === undefined ? { done: true, value: undefined } : { done: false, value: batch });
    },
    return: end,
    throw: async (error: unknown): Promise<never> => {
      await end();
      throw error;
    },
  };
  return { source, asked };
}

async function all<T>(items: ClosableIterator<T>): Promise<T[]> {
  const taken: T[] = [];
  for (let step = await items.next(); !step.done; step = await items.next()) taken.push(step.value);
  return taken;
}

describe('the items of batches', () => {
  test('come one by one, in order, whatever the sizes of the batches', async () => {
    expect(await all(eachOf(batchesOf([1, 2], [], [3]).source))).toEqual([1, 2, 3]);
    expect(await all(eachOf(batchesOf().source))).toEqual([]);
  });

  test('come without a promise once their batch is here, also when they are mapped', async () => {
    const items = mapIterator(eachOf(batchesOf([1, 2, 3]).source), (item) => item * 10);
    expect(await items.next()).toEqual({ done: false, value: 10 });
    expect(items.next()).toEqual({ done: false, value: 20 });
    expect(items.next()).toEqual({ done: false, value: 30 });
  });

  test('are asked for when those before have been taken', async () => {
    const { source, asked } = batchesOf([1, 2], [3]);
    const items = eachOf(source);
    await items.next();
    await items.next();
    expect(asked.batches).toBe(1);
    await items.next();
    expect(asked.batches).toBe(2);
  });

  test('are dropped when the iteration is closed', async () => {
    const { source, asked } = batchesOf([1, 2], [3]);
    const items = eachOf(source);
    await items.next();
    expect(await items.return()).toEqual({ done: true, value: undefined });
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(asked.closed).toBe(1);
  });
});

describe('a mapped iterator', () => {
  test.each(['now', 'later'])('ends once when an item cannot be made, %s', async (when) => {
    let ends = 0;
    const error = new Error('not made');
    const fail = (): Promise<never> => {
      if (when === 'now') throw error;
      return Promise.reject(error);
    };
    const items = mapIterator(eachOf(batchesOf([1, 2]).source), fail, () => ends++);
    await expect((async () => items.next())()).rejects.toBe(error);
    await items.return();
    expect(ends).toBe(1);
  });
});

// Jest fails a test that leaves a rejection behind, as Node ends a process.
test('a promise that is awaited later may be forgotten, and still says why it is rejected', async () => {
  const rejected = (): Promise<never> => Promise.reject(new Error('No'));
  void awaitedLater(rejected());
  await turn();
  const value = awaitedLater(rejected());
  await turn();
  await expect(value).rejects.toThrow('No');
  expect(awaitedLater(1)).toBe(1);
});
