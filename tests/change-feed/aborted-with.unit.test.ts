import { getEventListeners } from 'node:events';
import { abortedWith } from '../../src/change-feed/aborted-with';

test('the shared signal aborts it, with its reason', () => {
  const shared = new AbortController();
  const { signal } = abortedWith(shared.signal);
  expect(signal.aborted).toBe(false);
  shared.abort('closing');
  expect(signal.reason).toBe('closing');
  expect(abortedWith(shared.signal).signal.reason).toBe('closing');
});

test('it aborts by itself, and leaves nothing behind', () => {
  const shared = new AbortController();
  const own = abortedWith(shared.signal);
  own.abort();
  expect(own.signal.aborted).toBe(true);
  expect(shared.signal.aborted).toBe(false);
  expect(getEventListeners(shared.signal, 'abort')).toEqual([]);
});
