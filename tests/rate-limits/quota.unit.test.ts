import { Quota } from '../../src/rate-limits/quota';
import { Windows } from '../../src/rate-limits/windows';

function quotaOf({ points = 10, nodes = 1, mostCallers = 100 } = {}) {
  let elapsed = 0;
  const windows = new Windows(60, () => elapsed, 0);
  const quota = new Quota({
    name: 'principal',
    limit: 'ratePoints',
    points,
    windows,
    nodes: () => nodes,
    mostCallers,
  });
  /** How many single points a caller gets. */
  const most = async (caller = 'a'): Promise<number> => {
    let taken = 0;
    while ((await quota.take(caller, 1)).allowed) taken++;
    return taken;
  };
  return { quota, most, pass: (ms: number) => void (elapsed += ms) };
}

test('a caller may spend its points in each window', async () => {
  const { quota, most, pass } = quotaOf();
  expect(await quota.take('a', 1)).toMatchObject({ allowed: true, remaining: 9, resetMs: 60_000 });
  pass(20_000);
  expect(await most()).toBe(9);
  expect(await quota.take('a', 1)).toMatchObject({ allowed: false, remaining: 0, resetMs: 40_000, retryMs: 40_000 });
  expect(await most('b')).toBe(10);
  pass(40_000);
  expect(await most()).toBe(10);
});

test('a caller that spends more than it has is refused at its next request', async () => {
  const { quota, most, pass } = quotaOf();
  quota.charge('a', 9.5);
  expect(await most()).toBe(0);
  pass(60_000);
  quota.charge('a', 1_000);
  expect(await most()).toBe(0);
  pass(60_000);
  expect(await most()).toBe(10);
});

test('requests at the same time do not get more', async () => {
  const { quota } = quotaOf();
  const standings = await Promise.all(Array.from({ length: 50 }, () => quota.take('a', 1)));
  expect(standings.filter(({ allowed }) => allowed)).toHaveLength(10);
});

test('a node lets through its share, and after each settlement its share of the rest', async () => {
  const { quota, most } = quotaOf({ points: 100, nodes: 4 });
  expect(await most()).toBe(25);
  expect(await quota.take('a', 1)).toMatchObject({ allowed: false, retryMs: 1_000 });
  const [count] = quota.unsettledCounts(10);
  expect(count).toEqual({ caller: 'a', window: 0, spent: 25 });
  quota.settle(count!, 60);
  expect(await most()).toBe(10);
  quota.settle(quota.unsettledCounts(10)[0]!, 99);
  expect(await most()).toBe(1);
  quota.settle(quota.unsettledCounts(10)[0]!, 100);
  expect(await most()).toBe(0);
  expect(await quota.take('a', 1)).toMatchObject({ retryMs: 60_000 });
});

test('what is spent while a settlement is on its way counts against the new share', async () => {
  const { quota, most } = quotaOf({ points: 100, nodes: 2 });
  await quota.take('a', 20);
  const [count] = quota.unsettledCounts(10);
  await quota.take('a', 5);
  quota.settle(count!, 20);
  expect(await most()).toBe(35);
});

test('a settlement of an earlier window changes nothing', async () => {
  const { quota, most, pass } = quotaOf({ points: 10 });
  await quota.take('a', 10);
  const [count] = quota.unsettledCounts(10);
  pass(60_000);
  expect(await most()).toBe(10);
  quota.settle(count!, 0);
  expect(await most()).toBe(0);
});

test('what is refused is not counted', async () => {
  const { quota, most } = quotaOf({ points: 3 });
  await most();
  for (let n = 0; n < 5; n++) await quota.take('a', 1);
  expect(quota.unsettledCounts(10)).toEqual([{ caller: 'a', window: 0, spent: 3 }]);
});

test('as many callers are remembered as may be, and forgotten ones begin anew', async () => {
  const { quota, most } = quotaOf({ points: 1, mostCallers: 100 });
  expect(await most('first')).toBe(1);
  for (let n = 0; n < 10_000; n++) await quota.take(`address ${n}`, 1);
  expect(quota.size).toBe(100);
  expect(quota.unsettledCounts(1_000_000)).toHaveLength(100);
  expect(await most('first')).toBe(1);
});
