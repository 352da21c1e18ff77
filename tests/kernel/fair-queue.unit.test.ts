import { FairQueue } from '../../src/kernel/fair-queue';

const drained = (queue: FairQueue<string>): string[] => {
  const items: string[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) items.push(item);
  return items;
};

test('the items of one owner come in their order', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3']) queue.push('a', item);
  expect(drained(queue)).toEqual(['a1', 'a2', 'a3']);
});

test('owners take turns, however much one of them has', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'a4']) queue.push('a', item);
  queue.push('b', 'b1');
  queue.push('c', 'c1');
  queue.push('c', 'c2');
  expect(drained(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4']);
});

test('an owner that comes back waits behind the others', () => {
  const queue = new FairQueue<string>();
  queue.push('a', 'a1');
  queue.push('b', 'b1');
  expect(queue.shift()).toBe('a1');
  queue.push('a', 'a2');
  queue.push('b', 'b2');
  expect(drained(queue)).toEqual(['b1', 'a2', 'b2']);
});

test('what comes next can be looked at', () => {
  const queue = new FairQueue<string>();
  expect(queue.peek()).toBeUndefined();
  queue.push('a', 'a1');
  queue.push('a', 'a2');
  queue.push('b', 'b1');
  expect(queue.peek()).toBe('a1');
  queue.shift();
  expect(queue.peek()).toBe('b1');
});
