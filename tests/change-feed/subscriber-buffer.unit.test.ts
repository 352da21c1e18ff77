import { ReaderQuota } from '../../src/change-feed/reader-quota';
import { SubscriberBuffer } from '../../src/change-feed/subscriber-buffer';
import { Change } from '../../src/read-model/change';
import { GrowingLog, sketches } from './history';

const changes = new GrowingLog().grow(sketches(5)).map(({ change }) => change);
const never = new AbortController().signal;

test('a buffer accepts up to its capacity, and overflows with the next change', () => {
  const buffer = new SubscriberBuffer({}, () => true, 2);
  expect(buffer.isEmpty).toBe(true);
  buffer.add(changes[0]!);
  buffer.add(changes[1]!);
  expect([buffer.isEmpty, buffer.overflowed]).toEqual([false, false]);
  buffer.add(changes[2]!);
  expect(buffer.overflowed).toBe(true);
  expect(buffer.take()).toEqual(changes.slice(0, 2));
  expect([buffer.isEmpty, buffer.overflowed]).toEqual([false, true]);
});

test('a buffer that overflowed accepts nothing more, even after a take, until it is cleared', () => {
  const buffer = new SubscriberBuffer({}, () => true, 1);
  for (const change of changes.slice(0, 2)) buffer.add(change);
  buffer.take();
  buffer.add(changes[2]!);
  expect(buffer.take()).toEqual([]);
  buffer.clear();
  expect(buffer.isEmpty).toBe(true);
  buffer.add(changes[3]!);
  expect(buffer.take()).toEqual([changes[3]]);
});

const withBytes = (bytes: number): Change => {
  const [change] = changes as [Change];
  return { ...change, event: { ...change.event, data: { memo: 'x'.repeat(bytes) } } };
};

test('a buffer overflows when its changes have more than 4 MiB, but a single change always fits', () => {
  const buffer = new SubscriberBuffer({}, () => true, 2_000);
  for (let count = 0; count < 8; count++) buffer.add(withBytes(500_000));
  expect(buffer.overflowed).toBe(false);
  buffer.add(withBytes(500_000));
  expect([buffer.overflowed, buffer.take().length]).toEqual([true, 8]);
  buffer.clear();
  buffer.add(withBytes(5_000_000));
  expect([buffer.overflowed, buffer.take().length]).toEqual([false, 1]);
  for (let count = 0; count < 8; count++) buffer.add(withBytes(500_000));
  expect(buffer.overflowed).toBe(false);
});

test('a wait ends with the next change, after its timeout, or with its signal', async () => {
  const buffer = new SubscriberBuffer({}, () => true, 2);
  const hour = 3_600_000;
  const waiting = buffer.wait(hour, never);
  buffer.add(changes[0]!);
  await waiting;
  await buffer.wait(hour, never);
  buffer.take();
  await buffer.wait(0, never);
  const ended = new AbortController();
  const ending = buffer.wait(hour, ended.signal);
  ended.abort();
  await ending;
});

test('the number of subscribers is limited per principal and per node; a slot that is released can be taken again, once', () => {
  const quota = new ReaderQuota({ perNode: 3, perPrincipal: 2 });
  const release = quota.acquire('a') as () => void;
  quota.acquire('a');
  expect(quota.acquire('a')).toBe('maxFeedReadersPerPrincipal');
  expect(quota.acquire('b')).toBeInstanceOf(Function);
  expect(quota.acquire('b')).toBe('maxFeedReaders');
  release();
  release();
  expect(quota.acquire('b')).toBeInstanceOf(Function);
  expect(quota.acquire('a')).toBe('maxFeedReaders');
});
