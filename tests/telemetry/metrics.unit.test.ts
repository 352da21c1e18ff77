import { OperationEnded, Signal } from '../../src/kernel/telemetry';
import { createMetrics } from '../../src/telemetry/metrics';

const OPERATION: OperationEnded = {
  kind: 'operation-ended',
  transport: 'http',
  type: 'query',
  rootFields: ['budgets', 'ledger'],
  outcome: 'ok',
  codes: [],
  ms: 12,
  cost: { fields: 5, bytes: 200, cpuMs: 1.5 },
  requestId: 'r-1',
};

const metrics = createMetrics({ rootFields: ['budgets', 'ledger'] });
const report = (signal: Signal): void => {
  metrics.telemetry.report(signal);
};
const ours = async (): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith('mingjian_'));
const figure = async (series: string): Promise<string | undefined> =>
  (await ours()).find((line) => line.startsWith(`${series} `))?.slice(series.length + 1);

test('an operation counts once as a request, and once for each root field', async () => {
  report(OPERATION);
  expect(await figure('mingjian_requests_total{transport="http",type="query",outcome="ok"}')).toBe('1');
  for (const field of ['budgets', 'ledger']) {
    expect(await figure(`mingjian_operations_total{transport="http",field="${field}",outcome="ok"}`)).toBe('1');
    expect(await figure(`mingjian_operation_duration_seconds_sum{transport="http",field="${field}"}`)).toBe('0.012');
  }
  expect(await figure('mingjian_operation_cost_fields_sum')).toBe('5');
  expect(await figure('mingjian_operation_cost_bytes_sum')).toBe('200');
});

test('an outage and trouble with the clock are shown until they are over', async () => {
  report({ kind: 'outage-turned', turn: 'began', problems: {}, cause: undefined });
  report({ kind: 'clocks-turned', trouble: 'stepped back', warning: '' });
  expect(await figure('mingjian_outage')).toBe('1');
  expect(await figure('mingjian_clock_trouble{trouble="stepped back"}')).toBe('1');
  report({ kind: 'outage-ended', milliseconds: 1, refusals: 3 });
  report({ kind: 'clocks-turned', trouble: undefined, warning: undefined });
  expect(await figure('mingjian_outage')).toBe('0');
  expect(await figure('mingjian_outage_refusals_total')).toBe('3');
  expect(await figure('mingjian_clock_trouble{trouble="stepped back"}')).toBe('0');
});

test('lookups in caches are added up', async () => {
  for (const found of [true, true, false]) report({ kind: 'cache-asked', cache: 'records', found });
  expect(await figure('mingjian_cache_lookups_total{cache="records",result="hit"}')).toBe('2');
  report({ kind: 'cache-asked', cache: 'records', found: true });
  expect(await figure('mingjian_cache_lookups_total{cache="records",result="hit"}')).toBe('3');
  expect(await figure('mingjian_cache_lookups_total{cache="records",result="miss"}')).toBe('1');
});

test('the size of a cache is the last one, and evictions are added up', async () => {
  report({ kind: 'cache-filled', cache: 'versions', bytes: 900, evicted: 2 });
  report({ kind: 'cache-filled', cache: 'versions', bytes: 700, evicted: 3 });
  expect(await figure('mingjian_cache_bytes{cache="versions"}')).toBe('700');
  expect(await figure('mingjian_cache_bytes{cache="members"}')).toBe('0');
  report({ kind: 'cache-filled', cache: 'answers', bytes: 5, evicted: 1 });
  expect(await figure('mingjian_cache_bytes{cache="answers"}')).toBe('5');
  expect(await figure('mingjian_cache_evictions_total{cache="versions"}')).toBe('5');
  report({ kind: 'cache-filled', cache: 'versions', bytes: 0, evicted: 1 });
  expect(await figure('mingjian_cache_evictions_total{cache="versions"}')).toBe('6');
});

test('5,000 made-up names add no series but "other"', async () => {
  report({ ...OPERATION, rootFields: ['unknown'] });
  report({ kind: 'engine-called', engine: 'redis', call: 'unknown', ms: 1, failed: false });
  const before = await ours();
  for (let i = 0; i < 5_000; i++) {
    const name = `made_up_${i}`;
    report({ ...OPERATION, operationName: name, rootFields: [name], sub: name, trustedId: name, requestId: name });
    report({ kind: 'engine-called', engine: 'redis', call: name, ms: 1, failed: false });
  }
  const after = await ours();
  expect(after).toHaveLength(before.length);
  expect(after.join('\n')).not.toContain('made_up');
  expect(await figure('mingjian_operations_total{transport="http",field="other",outcome="ok"}')).toBe('5001');
});

test('figures that nobody reports are taken at the scrape', async () => {
  expect(await figure('mingjian_log_head_position')).toBeUndefined();
  metrics.sampleFrom(() => ({ head: 9n, watermark: 7n, behindSeconds: 2.5, rebuilt: 1, feedReaders: 3 }));
  expect(await figure('mingjian_log_head_position')).toBe('9');
  expect(await figure('mingjian_watermark_position')).toBe('7');
  expect(await figure('mingjian_projection_behind_seconds')).toBe('2.5');
  expect(await figure('mingjian_feed_readers')).toBe('3');
});
