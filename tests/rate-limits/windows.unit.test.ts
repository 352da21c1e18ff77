import { Windows } from '../../src/rate-limits/windows';

/** Windows of 10 s. The shared clock is at 1,000,000 ms at first. */
function windowsOf() {
  let elapsed = 500;
  const windows = new Windows(10, () => elapsed, 1_000_000);
  return { windows, pass: (ms: number) => void (elapsed += ms), now: () => elapsed };
}

test('a window begins at each multiple of its length', () => {
  const { windows, pass } = windowsOf();
  expect([windows.current, windows.restMs]).toEqual([100, 10_000]);
  pass(9_999);
  expect([windows.current, windows.restMs]).toEqual([100, 1]);
  pass(1);
  expect([windows.current, windows.restMs]).toEqual([101, 10_000]);
});

test('the shared clock replaces the clock of the machine', () => {
  const { windows, now } = windowsOf();
  windows.adopt(5_003_000, now() - 100, now() + 100);
  expect([windows.current, windows.restMs]).toEqual([500, 7_000]);
});

test('a window that has begun does not end because an answer took longer', () => {
  const { windows, pass, now } = windowsOf();
  pass(10_000);
  expect(windows.current).toBe(101);
  windows.adopt(1_009_990, now(), now());
  expect(windows.current).toBe(101);
  pass(10);
  expect(windows.current).toBe(101);
  pass(10_000);
  expect(windows.current).toBe(102);
});

test('a shared clock that stepped back is followed', () => {
  const { windows, now } = windowsOf();
  expect(windows.current).toBe(100);
  windows.adopt(500_000, now(), now());
  expect([windows.current, windows.restMs]).toEqual([50, 10_000]);
});
