import { scaleBand } from 'd3-scale';
import { Bar, Chart, Colour, COLOURS, Mark, PLOT } from './chart';
import { verticalScale } from './scale';

/** A total, or what leads from one total to the next. */
export interface BridgeColumn {
  readonly label: string;
  /** A decimal number as it is shown. */
  readonly amount: string;
  readonly kind: 'total' | 'step';
}

/** What the legend says. */
export interface BridgeNames {
  readonly total: string;
  readonly more: string;
  readonly less: string;
  /** That the scale begins at this value instead of 0. */
  readonly beginsAt: (value: string) => string;
}

const namesIn = (unit: string): BridgeNames => ({
  total: `总额（${unit}）`,
  more: '增加',
  less: '减少',
  beginsAt: (value) => `纵轴自 ${value} 起，不自 0 起`,
});

/** If the smallest total is above this part of the greatest, the scale does not begin at 0: the steps could not be seen. */
const CUT_ABOVE = 0.5;

/** How steps lead from a first total to a last one. Each step begins where the one before it ends. */
export function bridgeChart(
  title: string,
  unit: string,
  columns: readonly BridgeColumn[],
  names = namesIn(unit),
): Chart {
  const spans = spansOf(columns);
  const ends = spans.flatMap(({ from, to, column }) => (column.kind === 'total' ? [to] : [from, to]));
  const [lowest, highest] = [Math.min(...ends, Infinity), Math.max(...ends, 0)];
  const isCut = lowest < highest && lowest > highest * CUT_ABOVE;
  const base = isCut ? lowest - (highest - lowest) / 4 : Math.min(0, lowest === Infinity ? 0 : lowest);
  const { yOf, ticks, grid } = verticalScale(base, highest);
  const bottom = yOf.domain()[0] ?? 0;
  const places = scaleBand<number>()
    .domain(spans.map((_, index) => index))
    .range([0, PLOT.width])
    .paddingInner(0.3)
    .paddingOuter(0.15);
  const bars = spans.map((span, index): Bar => {
    const [top, low] = [Math.max(span.from, span.to), Math.min(span.from, span.to)];
    const y = yOf(top);
    const height = yOf(Math.max(low, bottom)) - y;
    return { kind: 'bar', x: places(index) ?? 0, y, width: places.bandwidth(), height, colour: colourOf(span) };
  });
  return {
    title,
    ...PLOT,
    marks: [...grid, ...bars, ...links(bars, spans, (value) => yOf(value))],
    ticks,
    columns: columns.map(({ label, amount, kind }) => ({
      label,
      value: kind === 'step' && !amount.startsWith('-') ? `+${amount}` : amount,
    })),
    legend: [
      { colour: COLOURS.total, text: names.total },
      { colour: COLOURS.more, text: names.more },
      { colour: COLOURS.less, text: names.less },
      ...(isCut ? [{ colour: COLOURS.grid, text: names.beginsAt(ticks[0]?.text ?? '') }] : []),
    ],
  };
}

interface Span {
  readonly column: BridgeColumn;
  readonly from: number;
  readonly to: number;
}

function spansOf(columns: readonly BridgeColumn[]): readonly Span[] {
  let reached = 0;
  return columns.map((column) => {
    const amount = Number(column.amount);
    const from = column.kind === 'total' ? 0 : reached;
    reached = from + amount;
    return { column, from, to: reached };
  });
}

function colourOf({ column, from, to }: Span): Colour {
  if (column.kind === 'total') return COLOURS.total;
  return to < from ? COLOURS.less : COLOURS.more;
}

/** From the end of each bar to the next bar. */
const links = (bars: readonly Bar[], spans: readonly Span[], yOf: (value: number) => number): readonly Mark[] =>
  bars.slice(1).map((next, index): Mark => {
    const bar = bars[index] as Bar;
    const y = yOf((spans[index] as Span).to);
    return {
      kind: 'path',
      points: [
        [bar.x + bar.width, y],
        [next.x, y],
      ],
      thickness: 1,
      colour: COLOURS.axis,
    };
  });
