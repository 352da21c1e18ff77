import { FailurePause } from '../../src/auth/keys/failure-pause';

let now: number;
beforeEach(() => {
  now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const NEVER = 60_000;

/** How long after a failure the next attempt is made, to the millisecond. */
async function pauseOf(pause: FailurePause): Promise<number> {
  for (let ms = 0; ms < NEVER; ms++) {
    const work = jest.fn(() => Promise.reject(new Error('again')));
    await pause.attempt(work).catch(() => undefined);
    if (work.mock.calls.length > 0) return ms;
    now++;
  }
  return NEVER;
}

const fail = (pause: FailurePause): Promise<unknown> =>
  pause.attempt(() => Promise.reject(new Error('first'))).catch(() => undefined);

test('the first failure causes no pause, and each further one a longer pause, up to 5 seconds', async () => {
  const pause = new FailurePause();
  await fail(pause);
  const pauses = [];
  for (let failure = 1; failure <= 8; failure++) pauses.push(await pauseOf(pause));
  expect(pauses).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000]);
});

test('a success ends what the failures before it have caused', async () => {
  const pause = new FailurePause();
  for (let failure = 0; failure < 3; failure++) {
    await fail(pause);
    now += 5_000;
  }
  expect(await pause.attempt(() => Promise.resolve('read'))).toBe('read');
  await fail(pause);
  expect(await pauseOf(pause)).toBe(0);
});

test('within the pause the last error is thrown again, and nothing is tried', async () => {
  const pause = new FailurePause();
  await fail(pause);
  const last = new Error('last');
  await expect(pause.attempt(() => Promise.reject(last))).rejects.toBe(last);
  const work = jest.fn(() => Promise.resolve());
  await expect(pause.attempt(work)).rejects.toBe(last);
  expect(work).not.toHaveBeenCalled();
});
