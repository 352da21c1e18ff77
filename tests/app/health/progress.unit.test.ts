import { Progress } from '../../../src/app/health/progress';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Whether the read models were ever found stuck, while they were looked at each second. */
function watch(progress: Progress, positions: readonly bigint[]): boolean {
  return positions
    .map((position) => {
      jest.advanceTimersByTime(1_000);
      return progress.isStuckAt(position);
    })
    .includes(true);
}

test('read models that are at the head are not stuck, however long they stay there', () => {
  const progress = new Progress();
  progress.target(5n);
  expect(watch(progress, Array(20).fill(5n))).toBe(false);
});

test('read models that are behind and move are not stuck', () => {
  const progress = new Progress();
  progress.target(100n);
  expect(watch(progress, [1n, 1n, 1n, 2n, 2n, 2n, 2n, 3n, 3n, 3n])).toBe(false);
});

test('read models that stay behind are stuck until they move', () => {
  const progress = new Progress();
  progress.target(100n);
  expect(watch(progress, Array(6).fill(1n))).toBe(false);
  expect(watch(progress, [1n])).toBe(true);
  expect(watch(progress, [2n])).toBe(false);
});

test('time at the head does not count', () => {
  const progress = new Progress();
  progress.target(5n);
  watch(progress, Array(20).fill(5n));
  progress.target(6n);
  expect(watch(progress, Array(5).fill(5n))).toBe(false);
});
