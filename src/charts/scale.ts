import { ScaleLinear, scaleLinear } from 'd3-scale';
import { COLOURS, Mark, PLOT, Tick } from './chart';

/** A scale of numbers over the height of the plot, with lines at round numbers. */
export interface VerticalScale {
  readonly yOf: ScaleLinear<number, number>;
  readonly ticks: readonly Tick[];
  readonly grid: readonly Mark[];
}

const TICKS = 5;

export function verticalScale(from: number, to: number): VerticalScale {
  const yOf = scaleLinear()
    .domain([from, from === to ? from + 1 : to])
    .range([PLOT.height, 0])
    .nice(TICKS);
  const values = yOf.ticks(TICKS);
  const format = yOf.tickFormat(TICKS, 'f');
  return {
    yOf,
    ticks: values.map((value) => ({ y: yOf(value), text: format(value).replace('−', '-') })),
    grid: values.map((value) => lineAt(yOf(value))),
  };
}

const lineAt = (y: number): Mark => ({
  kind: 'path',
  points: [
    [0, y],
    [PLOT.width, y],
  ],
  thickness: 1,
  colour: COLOURS.grid,
});
