import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Bell, KeyedQueue } from '../../src/kernel/async';

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
