import { line } from 'd3-shape';
import { Chart, Mark, Point } from './chart';

/** Around the plot, for the texts. */
const MARGIN = { top: 34, right: 12, bottom: 46, left: 64 } as const;
const LEGEND_STEP = 150;

/** The chart with its texts. The same chart gives the same text everywhere. */
export function svgOf(chart: Chart): string {
  const { title, width, height, marks, ticks, columns, legend } = chart;
  const [outerWidth, outerHeight] = [width + MARGIN.left + MARGIN.right, height + MARGIN.top + MARGIN.bottom];
  const step = width / Math.max(1, columns.length);
  const parts = [
    ...legend.map(
      ({ colour, text }, index) =>
        `<rect x="${index * LEGEND_STEP}" y="-28" width="10" height="10" fill="${colour}"/>` +
        label(index * LEGEND_STEP + 14, -19, 'start', text),
    ),
    ...marks.map(shapeOf),
    ...ticks.map(({ y, text }) => label(-6, y + 4, 'end', text)),
    ...columns.map(
      ({ label: text, value }, index) =>
        label((index + 0.5) * step, height + 16, 'middle', text) +
        label((index + 0.5) * step, height + 32, 'middle', value),
    ),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${outerWidth} ${outerHeight}" role="img" font-size="11">` +
    `<title>${escaped(title)}</title>` +
    `<g transform="translate(${MARGIN.left} ${MARGIN.top})">${parts.join('')}</g></svg>`
  );
}

const path = line<Point>().digits(2);

function shapeOf(mark: Mark): string {
  if (mark.kind === 'bar') {
    const { x, y, width, height, colour } = mark;
    return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${colour}"/>`;
  }
  return `<path d="${path(mark.points) ?? ''}" fill="none" stroke="${mark.colour}" stroke-width="${mark.thickness}"/>`;
}

const label = (x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): string =>
  `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}">${escaped(text)}</text>`;

/** With at most 2 decimals. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
