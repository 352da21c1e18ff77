import { Readers } from '../../src/change-feed/readers';
import { Seat } from '../../src/change-feed/seat';
import { GrowingLog, sketches } from './history';

const changes = new GrowingLog().grow(sketches(5)).map(({ change }) => change);
const never = new AbortController().signal;

test('a seat keeps as many as it has room for, and is full with the next', () => {
  const seat = new Seat({}, 2);
  expect(seat.isEmpty).toBe(true);
  seat.offer(changes[0]!);
  seat.offer(changes[1]!);
  expect([seat.isEmpty, seat.full]).toEqual([false, false]);
  seat.offer(changes[2]!);
  expect(seat.full).toBe(true);
  expect(seat.take()).toEqual(changes.slice(0, 2));
  expect([seat.isEmpty, seat.full]).toEqual([false, true]);
});

test('a full seat takes nothing more, also when there is room again, until it is cleared', () => {
  const seat = new Seat({}, 1);
  for (const change of changes.slice(0, 2)) seat.offer(change);
  seat.take();
  seat.offer(changes[2]!);
  expect(seat.take()).toEqual([]);
  seat.clear();
  expect(seat.isEmpty).toBe(true);
  seat.offer(changes[3]!);
  expect(seat.take()).toEqual([changes[3]]);
});

test('a wait ends with the next change, with its time, and with its signal', async () => {
  const seat = new Seat({}, 2);
  const hour = 3_600_000;
  const waiting = seat.wait(hour, never);
  seat.offer(changes[0]!);
  await waiting;
  await seat.wait(hour, never);
  seat.take();
  await seat.wait(0, never);
  const ended = new AbortController();
  const ending = seat.wait(hour, ended.signal);
  ended.abort();
  await ending;
});

test('so many readers of one principal, and so many of all; a place that is left can be taken, once', () => {
  const readers = new Readers({ perNode: 3, perPrincipal: 2 });
  const leave = readers.enter('a') as () => void;
  readers.enter('a');
  expect(readers.enter('a')).toBe('maxFeedReadersPerPrincipal');
  expect(readers.enter('b')).toBeInstanceOf(Function);
  expect(readers.enter('b')).toBe('maxFeedReaders');
  leave();
  leave();
  expect(readers.enter('b')).toBeInstanceOf(Function);
  expect(readers.enter('a')).toBe('maxFeedReaders');
});
