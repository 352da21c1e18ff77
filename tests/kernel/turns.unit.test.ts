import { Turns } from '../../src/kernel/turns';
import { RequestAborted } from '../../src/kernel/outage';

let now = 0;
/** What other threads of the process have worked. */
let elsewhere = 0;
beforeEach(() => {
  [now, elsewhere] = [0, 0];
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  jest.spyOn(process, 'cpuUsage').mockImplementation(() => ({ user: (now + elsewhere) * 1_000, system: 0 }));
});
afterEach(() => jest.restoreAllMocks());

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Takes `ms` of a turn for each step. */
async function work(turns: Turns, order: string[], name: string, steps: number, ms = 10): Promise<void> {
  for (let step = 1; step <= steps; step++) {
    now += ms;
    order.push(`${name}${step}`);
    await turns.turn();
  }
}

test('work within the time of a turn goes on at once', async () => {
  const turns = new Turns(10);
  expect(turns.pass()).toBeUndefined();
  now = 9;
  expect(turns.pass()).toBeUndefined();
  now = 10;
  expect(turns.pass()).toBeInstanceOf(Promise);
  await nextTurn();
});

test('the time starts again with each turn of the event loop', async () => {
  const turns = new Turns(10);
  expect(turns.pass()).toBeUndefined();
  await nextTurn();
  now = 1_000;
  expect(turns.pass()).toBeUndefined();
  await nextTurn();
});

test('other work runs in between', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('another'));
  await work(new Turns(10), order, 'long', 3);
  expect(order).toEqual(['long1', 'long2', 'another', 'long3']);
});

test('several long pieces of work take turns', async () => {
  const order: string[] = [];
  const turns = new Turns(10);
  const turn = () => {
    order.push('-');
    if (order.length < 20) setImmediate(turn);
  };
  setImmediate(turn);
  await Promise.all([work(turns, order, 'a', 4), work(turns, order, 'b', 3)]);
  expect(order.join('')).toMatch(/^a1b1a2-b2-a3-b3-a4/);
});

test('work that has to end does not go on, and does not delay other work', async () => {
  const turns = new Turns(10);
  let isOver = false;
  const worker = {
    requireGoing() {
      if (isOver) throw new RequestAborted();
    },
    took: () => undefined,
  };
  now += 10;
  void turns.pass();
  now += 10;
  const waiting = Promise.resolve(turns.pass(worker));
  const other = Promise.resolve(turns.pass());
  isOver = true;
  await expect(waiting).rejects.toThrow(RequestAborted);
  await other;
  expect(() => turns.pass(worker)).toThrow(RequestAborted);
});

test('a principal with much work does not hold up the others', async () => {
  const turns = new Turns(10);
  const order: string[] = [];
  const worker = (owner: string) => ({ owner, requireGoing: () => undefined, took: () => undefined });
  const piece = async (owner: string, name: string): Promise<void> => {
    await turns.next(worker(owner));
    order.push(name);
  };
  await Promise.all([...['a1', 'a2', 'a3'].map((name) => piece('a', name)), piece('b', 'b1'), piece('c', 'c1')]);
  expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
});

test('next waits for a later turn, even if this one has time left', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('another'));
  const turns = new Turns(10);
  await turns.next();
  order.push('this');
  expect(order).toEqual(['another', 'this']);
});

test('a worker is charged for its own turns', async () => {
  const turns = new Turns(10);
  const taken = { a: 0, b: 0 };
  const worker = (name: 'a' | 'b') => ({
    requireGoing: () => undefined,
    took: (ms: number) => {
      taken[name] += ms;
    },
  });
  const busy = async (name: 'a' | 'b', ms: number): Promise<void> => {
    for (let step = 0; step < 3; step++) {
      await turns.next(worker(name));
      now += ms;
    }
  };
  await Promise.all([busy('a', 7), busy('b', 2)]);
  await nextTurn();
  expect(taken).toEqual({ a: 21, b: 6 });
});

test('a worker is not charged for what other threads of the process do in its turn', async () => {
  const turns = new Turns(10);
  let taken = 0;
  const worker = { requireGoing: () => undefined, took: (ms: number) => void (taken += ms) };
  await turns.next(worker);
  now += 3;
  elsewhere += 100;
  await nextTurn();
  expect(taken).toBe(3);
});

test('each item of an iterable is made in a turn with time left', async () => {
  const turns = new Turns(10);
  const order: string[] = [];
  const made = function* () {
    for (let item = 1; item <= 4; item++) {
      now += 10;
      order.push(`made ${item}`);
      yield item;
    }
  };
  setImmediate(() => order.push('another'));
  const items: number[] = [];
  for await (const item of turns.each(made())) items.push(item);
  expect(items).toEqual([1, 2, 3, 4]);
  expect(order.indexOf('another')).toBeLessThan(order.indexOf('made 4'));
});

test('work that pauses lets others go on, and has a result', async () => {
  const turns = new Turns(10);
  let others = 0;
  let isOver = false;
  const other = (): void => {
    others++;
    if (!isOver) setImmediate(other);
  };
  setImmediate(other);
  const result = await turns.run(
    (function* () {
      for (let step = 0; step < 20; step++) {
        now += 10;
        yield;
      }
      return 'done';
    })(),
  );
  isOver = true;
  expect(result).toBe('done');
  expect(others).toBeGreaterThanOrEqual(19);
});

test('several that wait share a turn while it has time', async () => {
  const order: string[] = [];
  const turns = new Turns(10);
  await turns.next();
  now += 10;
  for (const name of ['a', 'b', 'c']) {
    void (async () => {
      await turns.turn();
      now += 5;
      order.push(name);
    })();
  }
  setImmediate(() => order.push('another'));
  while (order.length < 4) await nextTurn();
  expect(order).toEqual(['a', 'b', 'another', 'c']);
});

test('of several that ask at the same moment, each goes on when the one before has done its work', async () => {
  const order: string[] = [];
  const turns = new Turns(10);
  setImmediate(() => order.push('another'));
  for (const name of ['a', 'b', 'c']) {
    void (async () => {
      await turns.turn();
      now += 10;
      order.push(name);
    })();
  }
  while (order.length < 4) await nextTurn();
  expect(order).toEqual(['a', 'another', 'b', 'c']);
});

test('one that goes on waits for nobody as long as the turn has time', async () => {
  const turns = new Turns(10);
  const order: string[] = [];
  setImmediate(() => order.push('another'));
  for (let step = 1; step <= 3; step++) {
    await turns.turn();
    order.push(`a${step}`);
  }
  await nextTurn();
  expect(order).toEqual(['a1', 'a2', 'a3', 'another']);
});
