import { ClockWatch } from '../../../src/app/health/clock-watch';
import { TestClock } from '../../support/clock';

const MINUTE = 60_000;

function watchOf(newest: () => number | undefined = () => undefined) {
  const clock = new TestClock('2023-06-30T12:00:00.000Z');
  const turns: (string | undefined)[] = [];
  const watch = new ClockWatch({ clock, newestRecord: newest, onTurn: (trouble) => turns.push(trouble) });
  watch.look();
  return { clock, turns, watch };
}

test('a clock that goes on, or is a little slow, is no trouble', () => {
  const { clock, turns, watch } = watchOf();
  for (const step of [1_000, 0, -1_000, 1_000, 10 * MINUTE]) {
    clock.move(step);
    watch.look();
  }
  expect(watch.warning).toBeUndefined();
  expect(turns).toEqual([]);
});

test('a clock that stepped back is reported once, until it has caught up', () => {
  const { clock, turns, watch } = watchOf();
  clock.move(-60 * MINUTE);
  for (let look = 0; look < 3; look++) watch.look();
  expect(turns).toEqual(['stepped back']);
  expect(watch.warning).toBe(
    'The clock of this node is 60 minutes behind a time that it has shown before: it stepped back',
  );
  clock.move(60 * MINUTE);
  for (let look = 0; look < 3; look++) watch.look();
  expect(turns).toEqual(['stepped back', undefined]);
  expect(watch.warning).toBeUndefined();
});

test('events that are stamped ahead by more than 5 minutes are reported once, until the clock is there', () => {
  const newest = Date.UTC(2023, 5, 30, 12, 5);
  const { clock, turns, watch } = watchOf(() => newest);
  expect(turns).toEqual([]);
  clock.move(-1);
  for (let look = 0; look < 3; look++) watch.look();
  expect(turns).toEqual(['events ahead']);
  expect(watch.warning).toMatch(/^The newest event is stamped 5 minutes ahead of the clock of this node/);
  clock.move(-59 * 1_000);
  watch.look();
  expect(watch.warning).toMatch(/6 minutes/);
  clock.move(MINUTE);
  watch.look();
  expect(turns).toEqual(['events ahead', undefined]);
});
