import { Outage } from '../../src/kernel/outage';
import { GRACE_MS, Patience, patiently } from '../../src/kernel/patience';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const PATIENCE_MS = 2_000;
const GIVES_UP_MS = PATIENCE_MS + GRACE_MS;
const never = () => new Promise<string>(() => undefined);
/** An answer that comes after this time. */
const after = (milliseconds: number) =>
  new Promise<string>((resolve) => setTimeout(resolve, milliseconds, `after ${milliseconds}`));
const failingAfter = (milliseconds: number) =>
  new Promise<string>((_, reject) => setTimeout(reject, milliseconds, new Outage('away')));

/** What has become of it so far. */
function stateOf(work: unknown): { state: string } {
  const seen = { state: 'waits' };
  Promise.resolve(work).then(
    (value) => (seen.state = `answered ${String(value)}`),
    (error: unknown) => (seen.state = (error as Error).name),
  );
  return seen;
}
const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

test('an answer that is here already is not waited for', () => {
  expect(new Patience(PATIENCE_MS).bound('here')).toBe('here');
});

test('a request gives up when its time is over, and not before; nothing is begun afterwards', async () => {
  const patience = new Patience(PATIENCE_MS);
  const asked = [stateOf(patience.bound(never())), stateOf(patience.bound(never()))];
  await pass(GIVES_UP_MS - 1);
  expect(asked.map(({ state }) => state)).toEqual(['waits', 'waits']);
  patience.require();
  await pass(1);
  expect(asked.map(({ state }) => state)).toEqual(['Outage', 'Outage']);
  expect(() => {
    patience.require();
  }).toThrow(Outage);
  const late = stateOf(patience.bound(after(1)));
  await pass(0);
  expect(late.state).toBe('Outage');
});

test('each answer starts the time again', async () => {
  const patience = new Patience(PATIENCE_MS);
  for (let read = 0; read < 5; read++) {
    const asked = stateOf(patience.bound(after(GIVES_UP_MS - 1)));
    await pass(GIVES_UP_MS - 1);
    expect(asked.state).toMatch(/^answered/);
  }
  const [hung, answered] = [stateOf(patience.bound(never())), stateOf(patience.bound(after(1_000)))];
  await pass(GIVES_UP_MS);
  expect([hung.state, answered.state]).toEqual(['waits', 'answered after 1000']);
  await pass(1_000);
  expect(hung.state).toBe('Outage');
});

test('failures do not start it again, however many reads fail', async () => {
  const patience = new Patience(PATIENCE_MS);
  for (let read = 0; read < 4; read++) {
    const asked = stateOf(patience.bound(failingAfter(600)));
    await pass(600);
    expect(asked.state).toBe('Outage');
  }
  await pass(60_000);
  const next = stateOf(patience.bound(never()));
  await pass(GIVES_UP_MS - 4 * 600 - 1);
  expect(next.state).toBe('waits');
  await pass(1);
  expect(next.state).toBe('Outage');
});

test('an answer makes up for failures', async () => {
  const patience = new Patience(PATIENCE_MS);
  stateOf(patience.bound(failingAfter(2_400)));
  await pass(2_400);
  stateOf(patience.bound(after(50)));
  await pass(50);
  const next = stateOf(patience.bound(never()));
  await pass(GIVES_UP_MS - 1);
  expect(next.state).toBe('waits');
  await pass(1);
  expect(next.state).toBe('Outage');
});

test('all waits for read models that are behind share one time', async () => {
  const patience = new Patience(PATIENCE_MS);
  const until = patience.waitUntil();
  expect(until).toBe(performance.now() + PATIENCE_MS);
  await pass(1_000);
  expect(patience.waitUntil()).toBe(until);
  patience.caughtUp();
  expect(patience.waitUntil()).toBe(until + 1_000);
});

test('after a wait for the read models in vain, little patience is left', async () => {
  const patience = new Patience(PATIENCE_MS);
  patience.waitUntil();
  for (let poll = 0; poll < 20; poll++) {
    stateOf(patience.bound(after(100)));
    await pass(100);
  }
  const asked = stateOf(patience.bound(never()));
  await pass(GRACE_MS - 1);
  expect(asked.state).toBe('waits');
  await pass(1);
  expect(asked.state).toBe('Outage');
});

test('answers during a wait for the read models do not make it longer', async () => {
  const patience = new Patience(PATIENCE_MS);
  patience.waitUntil();
  stateOf(patience.bound(after(PATIENCE_MS - 1)));
  await pass(PATIENCE_MS - 1);
  const asked = stateOf(patience.bound(never()));
  await pass(GRACE_MS + 1);
  expect(asked.state).toBe('Outage');
});

test('what has no end is not limited', async () => {
  const patience = new Patience(PATIENCE_MS);
  const before = stateOf(patience.bound(never()));
  patience.lift();
  const asked = stateOf(patience.bound(after(60_000)));
  await pass(60_000);
  expect([before.state, asked.state]).toEqual(['waits', 'answered after 60000']);
});

test('a failure of its own tells what was given up', async () => {
  const patience = new Patience(PATIENCE_MS);
  const asked = patience.bound(never(), () => new RangeError('an append'));
  const outcome = expect(asked).rejects.toThrow(RangeError);
  await pass(GIVES_UP_MS);
  await outcome;
});

test('items come as long as the next one comes in time, and a source that hangs is left', async () => {
  const patience = new Patience(PATIENCE_MS);
  async function* items() {
    yield 1;
    yield 2;
    await never();
  }
  const seen: number[] = [];
  const reading = (async () => {
    for await (const item of patiently(items(), patience)) seen.push(item);
  })();
  const outcome = expect(reading).rejects.toThrow(Outage);
  await pass(GIVES_UP_MS);
  await outcome;
  expect(seen).toEqual([1, 2]);
});
