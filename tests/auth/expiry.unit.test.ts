import { atExpiry } from '../../src/auth/expiry';

const start = (validForMs: number) => {
  const act = jest.fn();
  const stop = atExpiry(Date.now() + validForMs, act);
  return { act, stop };
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('acts at the instant of expiry, and not before', () => {
  const { act } = start(1000);
  jest.advanceTimersByTime(999);
  expect(act).not.toHaveBeenCalled();
  jest.advanceTimersToNextTimer();
  expect(act).toHaveBeenCalledTimes(1);
});

test('acts on a token that has expired already, but never before it has returned', () => {
  const { act } = start(-1);
  expect(act).not.toHaveBeenCalled();
  jest.advanceTimersToNextTimer();
  expect(act).toHaveBeenCalledTimes(1);
});

test('waits longer than one timer can', () => {
  const { act } = start(2 ** 32);
  jest.advanceTimersByTime(2 ** 32 - 1);
  expect(act).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
});

test('does not act after the wait was stopped', () => {
  const { act, stop } = start(1000);
  jest.advanceTimersByTime(500);
  stop();
  expect(jest.getTimerCount()).toBe(0);
  jest.advanceTimersByTime(1000);
  expect(act).not.toHaveBeenCalled();
});
