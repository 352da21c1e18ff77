import { Chart, Colour, COLOURS, Mark } from '../../../src/charts/chart';
import { linePath } from './line-path';
import { ChartTable } from './chart-table';
import { FigureSource } from '../blame/figure-source';
import { openOrigin } from '../blame/clicked';
import { say } from '../language/say';
import './chart.css';

interface Props {
  readonly chart: Chart;
  /** What the labels of the columns are, such as a month. */
  readonly heading: string;
  /** What the values of the columns are, such as an amount in 万元. */
  readonly measure: string;
  /** Where the figure of a column comes from; undefined: it has no origin of its own. */
  readonly sourceOf: (column: number) => FigureSource | undefined;
  /** The name of the CSV file, without its ending. */
  readonly fileName: string;
}

const MARGIN = { top: 34, right: 12, bottom: 46, left: 64 } as const;
const LEGEND_STEP = 150;

/** A drawing, with the same figures in a table below it. A click on a bar shows where its figure comes from, as the table does. */
export function ChartFrame({ chart, heading, measure, sourceOf, fileName }: Props) {
  const { title, width, height, marks, ticks, columns, legend } = chart;
  const [outerWidth, outerHeight] = [width + MARGIN.left + MARGIN.right, height + MARGIN.top + MARGIN.bottom];
  const step = width / Math.max(1, columns.length);
  const open = (column: number): void => {
    const source = sourceOf(column);
    const shown = columns[column];
    if (source !== undefined && shown !== undefined)
      openOrigin({ source, label: `${title} · ${shown.label}`, text: shown.value });
  };
  let bar = 0;
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div class="chart-scroll" tabIndex={0} role="region" aria-label={title}>
        <svg viewBox={`0 0 ${outerWidth} ${outerHeight}`} role="img" aria-label={`${title}. ${say(TEXTS.below)}`}>
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {legend.map(({ colour, text }, index) => (
              <g key={text} transform={`translate(${index * LEGEND_STEP} -28)`}>
                <rect width={10} height={10} class={`fill-${nameOf(colour)}`} />
                <text x={14} y={9}>
                  {text}
                </text>
              </g>
            ))}
            {marks.map((mark, index) =>
              mark.kind === 'bar' ? (
                <Bar key={index} mark={mark} column={bar++} open={open} />
              ) : (
                <Line key={index} mark={mark} />
              ),
            )}
            {ticks.map(({ y, text }) => (
              <text key={y} class="tick" x={-6} y={y + 4} text-anchor="end">
                {text}
              </text>
            ))}
            {columns.map(({ label, value }, index) => (
              <g key={index} transform={`translate(${(index + 0.5) * step} ${height})`} text-anchor="middle">
                <text class="tick" y={16}>
                  {label}
                </text>
                <text y={32}>{value}</text>
              </g>
            ))}
          </g>
        </svg>
      </div>
      <ChartTable chart={chart} heading={heading} measure={measure} sourceOf={sourceOf} fileName={fileName} />
    </figure>
  );
}

interface BarProps {
  readonly mark: Extract<Mark, { kind: 'bar' }>;
  readonly column: number;
  readonly open: (column: number) => void;
}

function Bar({ mark: { x, y, width, height, colour }, column, open }: BarProps) {
  return (
    <rect
      class={`bar fill-${nameOf(colour)}`}
      x={x}
      y={y}
      width={width}
      height={height}
      onClick={() => {
        open(column);
      }}
    />
  );
}

const Line = ({ mark: { points, thickness, colour } }: { readonly mark: Extract<Mark, { kind: 'path' }> }) => (
  <path class={`line stroke-${nameOf(colour)}`} d={linePath(points)} stroke-width={thickness} />
);

/** The style sheet has a colour of each name for light and for dark. */
const nameOf = (colour: Colour): string => Object.entries(COLOURS).find(([, value]) => value === colour)?.[0] ?? 'axis';

const TEXTS = { below: { zh: '数据见下表。', en: 'The table below has its figures.' } };
