import { indicatorFold, IndicatorRecord } from '../src/features/indicators/record';
import { viewIndicator } from '../src/features/indicators/views';
import { logged } from './support/specification';
import { defined, observed } from './features/indicators/history';
test('perf', () => {
  for (const order of ['forward', 'backward', 'random']) {
    const n = 20000;
    const [first] = logged([defined()]);
    const [obs] = logged([observed('2023-01-01', '1')]);
    let record: IndicatorRecord = indicatorFold.evolve(undefined, first!);
    const t = performance.now();
    for (let i = 0; i < n; i++) {
      const at = order === 'forward' ? i : order === 'backward' ? n - i : Math.floor(Math.random() * n);
      record = indicatorFold.evolve(record, { ...obs!, id: `e${i}`, position: BigInt(200 + i), metadata: { ...obs!.metadata, effectiveAt: new Date(1.6e12 + at * 1000).toISOString() } });
      viewIndicator(record);
    }
    process.stdout.write(`${order} ${n}: ${(performance.now() - t).toFixed(0)} ms\n`);
  }
}, 120000);
