import { scaleBand } from 'd3-scale';
import { Bar, Chart, COLOURS, PLOT, Point } from './chart';
import { verticalScale } from './scale';

/** Percentages at the end of one period. */
export interface ProgressColumn {
  readonly label: string;
  /** What is reached; null: it cannot be said. */
  readonly reached: string | null;
  /** What would be reached if it went evenly over time. */
  readonly expected: string;
}

/** What is reached, as columns, beside the time that has passed, as a line. */
export function progressChart(
  title: string,
  names: { readonly reached: string; readonly expected: string },
  columns: readonly ProgressColumn[],
): Chart {
  const reached = columns.map((column) => Number(column.reached ?? 0));
  const { yOf, ticks, grid } = verticalScale(Math.min(0, ...reached), Math.max(100, ...reached));
  const places = scaleBand<number>()
    .domain(columns.map((_, index) => index))
    .range([0, PLOT.width])
    .paddingInner(0.4)
    .paddingOuter(0.2);
  const xOf = (index: number): number => places(index) ?? 0;
  const zero = yOf(0);
  const bars = reached.map((value, index): Bar => {
    const y = Math.min(yOf(value), zero);
    return {
      kind: 'bar',
      x: xOf(index),
      y,
      width: places.bandwidth(),
      height: Math.abs(zero - yOf(value)),
      colour: COLOURS.total,
    };
  });
  const points = columns.map(({ expected }, index): Point => [
    xOf(index) + places.bandwidth() / 2,
    yOf(Number(expected)),
  ]);
  return {
    title,
    ...PLOT,
    marks: [...grid, ...bars, { kind: 'path', points, thickness: 3, colour: COLOURS.line }],
    ticks: ticks.map(({ y, text }) => ({ y, text: `${text}%` })),
    columns: columns.map((column) => ({
      label: column.label,
      value: column.reached === null ? '—' : `${column.reached}%`,
    })),
    legend: [
      { colour: COLOURS.total, text: names.reached },
      { colour: COLOURS.line, text: names.expected },
    ],
  };
}
