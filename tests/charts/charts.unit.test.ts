import fc from 'fast-check';
import { Bar, Chart, COLOURS, PLOT } from '../../src/charts/chart';
import { bridgeChart, BridgeColumn } from '../../src/charts/bridge-chart';
import { drawn } from '../../src/charts/pixels';
import { pngOf } from '../../src/charts/png';
import { progressChart } from '../../src/charts/progress-chart';
import { svgOf } from '../../src/charts/svg';

const barsOf = ({ marks }: Chart): readonly Bar[] => marks.filter((mark) => mark.kind === 'bar');
const total = (label: string, amount: string): BridgeColumn => ({ label, amount, kind: 'total' });
const step = (label: string, amount: string): BridgeColumn => ({ label, amount, kind: 'step' });

describe('a bridge chart', () => {
  const chart = bridgeChart('调整过程', '万元', [
    total('年初', '9689.88'),
    step('1', '1000.00'),
    step('2', '-60.00'),
    total('全年', '10629.88'),
  ]);

  test('shows each figure with its sign, and what the colours mean', () => {
    expect(chart.columns).toEqual([
      { label: '年初', value: '9689.88' },
      { label: '1', value: '+1000.00' },
      { label: '2', value: '-60.00' },
      { label: '全年', value: '10629.88' },
    ]);
    expect(barsOf(chart).map(({ colour }) => colour)).toEqual([
      COLOURS.total,
      COLOURS.more,
      COLOURS.less,
      COLOURS.total,
    ]);
  });

  test('says that its scale does not begin at 0, if the steps could not be seen otherwise', () => {
    expect(chart.legend.map(({ text }) => text).join()).toContain('不自 0 起');
    const small = bridgeChart('', '', [total('a', '10'), step('b', '90'), total('c', '100')]);
    expect(small.legend.map(({ text }) => text).join()).not.toContain('不自 0 起');
    expect(small.ticks[0]).toEqual({ y: PLOT.height, text: '0' });
  });

  test('each step begins where the one before it ends, whatever the amounts', () => {
    const amounts = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(amounts, (steps) => {
        const sum = steps.reduce((whole, each) => whole + each, 5_000);
        const columns = [
          total('a', '5000'),
          ...steps.map((amount) => step('s', String(amount))),
          total('z', String(sum)),
        ];
        const bars = barsOf(bridgeChart('', '', columns));
        let level = bars[0]!.y;
        for (const [index, amount] of steps.entries()) {
          const { y, height } = bars[index + 1]!;
          const [begin, end] = amount >= 0 ? [y + height, y] : [y, y + height];
          expect(begin).toBeCloseTo(level, 6);
          level = end;
        }
        const last = bars.at(-1)!;
        expect(level).toBeCloseTo(sum < 0 ? last.y + last.height : last.y, 6);
        for (const { x, y, width, height } of bars) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(PLOT.width + 0.001);
          expect(y).toBeGreaterThanOrEqual(-0.001);
          expect(y + height).toBeLessThanOrEqual(PLOT.height + 0.001);
        }
      }),
    );
  });

  test('of nothing, or of amounts that are all 0, is still a chart', () => {
    for (const columns of [[], [total('a', '0.00'), total('b', '0.00')]]) {
      const { ticks, marks } = bridgeChart('', '', columns);
      expect(ticks.every(({ y }) => Number.isFinite(y))).toBe(true);
      expect(JSON.stringify(marks)).not.toContain('null');
    }
  });
});

test('a progress chart shows what is reached beside the time, and a dash for what cannot be said', () => {
  const chart = progressChart('', { reached: '累计执行率', expected: '时间进度' }, [
    { label: '1月', reached: null, expected: '8.33' },
    { label: '2月', reached: '50.00', expected: '16.67' },
    { label: '3月', reached: '120.00', expected: '25.00' },
  ]);
  expect(chart.columns.map(({ value }) => value)).toEqual(['—', '50.00%', '120.00%']);
  const [none, half, over] = barsOf(chart);
  expect(none!.height).toBe(0);
  expect(over!.height / half!.height).toBeCloseTo(2.4);
  expect(chart.ticks.at(-1)!.text).toBe('120%');
});

describe('drawing', () => {
  const chart: Chart = {
    title: '<标题> & "引号"',
    width: 4,
    height: 4,
    marks: [
      { kind: 'bar', x: 1, y: 1, width: 2, height: 2, colour: '#102030' },
      {
        kind: 'path',
        points: [
          [0, 3.5],
          [4, 3.5],
        ],
        thickness: 1,
        colour: '#ff0000',
      },
    ],
    ticks: [],
    columns: [],
    legend: [],
  };

  test('puts the marks on white, pixel by pixel', () => {
    const { width, height, data } = drawn(chart, 1);
    const at = (x: number, y: number) => [...data.slice((y * width + x) * 3, (y * width + x) * 3 + 3)];
    expect([width, height]).toEqual([4, 4]);
    expect(at(0, 0)).toEqual([255, 255, 255]);
    expect(at(1, 1)).toEqual([16, 32, 48]);
    expect(at(2, 2)).toEqual([16, 32, 48]);
    expect(at(3, 3)).toEqual([255, 0, 0]);
  });

  test('gives the same PNG each time', () => {
    const png = pngOf(chart);
    expect(Buffer.from(png.slice(1, 4)).toString()).toBe('PNG');
    expect(Buffer.from(pngOf(chart)).equals(Buffer.from(png))).toBe(true);
  });

  test('escapes what is written into an SVG', () => {
    expect(svgOf(chart)).toContain('<title>&lt;标题&gt; &amp; &quot;引号&quot;</title>');
  });
});
