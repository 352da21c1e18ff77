import { Axis, Point } from './axis';

const WIDTH = 420;
const HEIGHT = 240;
const MARGIN = { left: 60, top: 30, right: 16, bottom: 70 } as const;
const COLOURS = ['#1f5fa8', '#b3541e', '#2f7d4f', '#7a3f9d'];

/** A panel for each axis, both scales logarithmic: CPU time of each operation by size. */
export function svgOfCost(axes: readonly Axis[]): string {
  const panels = axes.map((axis, index) =>
    panel(axis, (index % 2) * outer.width, Math.floor(index / 2) * outer.height),
  );
  const [width, height] = [2 * outer.width, Math.ceil(axes.length / 2) * outer.height];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="11">` +
    `<title>CPU time of each operation, by size</title><rect width="${width}" height="${height}" fill="#fff"/>${panels.join('')}</svg>\n`
  );
}

const outer = { width: WIDTH + MARGIN.left + MARGIN.right, height: HEIGHT + MARGIN.top + MARGIN.bottom };

function panel({ of, points }: Axis, left: number, top: number): string {
  const x = scale(
    points.map(({ size }) => size),
    WIDTH,
  );
  const y = scale(
    points.map(({ micros }) => micros),
    HEIGHT,
  );
  const place = ({ size, micros }: Point): string => `${x.at(size).toFixed(1)},${(HEIGHT - y.at(micros)).toFixed(1)}`;
  const lines = operationsOf(points).map((operation, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '#000';
    const own = points.filter((point) => point.operation === operation).map(place);
    const dots = own.map((at) => `<circle cx="${at.replace(',', '" cy="')}" r="2.5" fill="${colour}"/>`).join('');
    const legend = `<text x="0" y="${HEIGHT + 34 + 13 * index}" fill="${colour}">${operation}</text>`;
    return `<polyline points="${own.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>${dots}${legend}`;
  });
  const xTicks = x.ticks.map((tick) => label(x.at(tick), HEIGHT + 16, 'middle', shown(tick)));
  const yTicks = y.ticks.map(
    (tick) =>
      `<line x1="0" x2="${WIDTH}" y1="${HEIGHT - y.at(tick)}" y2="${HEIGHT - y.at(tick)}" stroke="#ddd"/>` +
      label(-6, HEIGHT - y.at(tick) + 4, 'end', `${shown(tick)} µs`),
  );
  return (
    `<g transform="translate(${left + MARGIN.left} ${top + MARGIN.top})"><text y="-12" font-weight="bold">${of}</text>` +
    `${[...yTicks, ...xTicks, ...lines].join('')}</g>`
  );
}

/** From the power of ten at or below the least value to the one at or above the greatest. */
function scale(values: readonly number[], length: number) {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));
  return { ticks, at: (value: number): number => ((Math.log10(value) - from) / (to - from)) * length };
}

const label = (x: number, y: number, anchor: string, text: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;

const operationsOf = (points: readonly Point[]): readonly string[] => [
  ...new Set(points.map(({ operation }) => operation)),
];

const shown = (value: number): string =>
  value >= 1e6 ? `${value / 1e6} M` : value >= 1e3 ? `${value / 1e3} k` : String(value);

/** A page with the picture, a table for each axis, and what ends its growth next. */
export function pageOfCost(axes: readonly Axis[], machine: string): string {
  const tables = axes.map(({ of, points, leftOut, nextLimit }) => {
    const sizes = [...new Set(points.map(({ size }) => size))];
    const rows = operationsOf(points).flatMap((operation) => {
      const own = new Map(points.filter((point) => point.operation === operation).map((point) => [point.size, point]));
      const times = row(
        `${operation}, µs`,
        sizes.map((size) => own.get(size)?.micros),
      );
      const hasBytes = [...own.values()].some(({ bytes }) => bytes !== undefined);
      return hasBytes
        ? [
            times,
            row(
              `${operation}, bytes`,
              sizes.map((size) => own.get(size)?.bytes),
            ),
          ]
        : [times];
    });
    const head = `| ${of} | ${sizes.map((size) => size.toLocaleString('en')).join(' | ')} |`;
    const rule = `|---|${sizes.map(() => '---|').join('')}`;
    const left = leftOut === undefined ? '' : `\n\nFrom ${leftOut.toLocaleString('en')} on, the time was up.`;
    return `## By ${of}\n\n${[head, rule, ...rows].join('\n')}\n\n${nextLimit}${left}`;
  });
  return `# What grows with what

\`npm run bench -- cost\` prints this page and its picture. A number after it is the largest log, up to 10000000. Times are CPU time of all threads, of one operation.

Measured on ${machine}.

![CPU time of each operation, by size](cost.svg)

${tables.join('\n\n')}
`;
}

const row = (what: string, values: readonly (number | undefined)[]): string =>
  `| ${what} | ${values.map((value) => (value === undefined ? '' : number(value))).join(' | ')} |`;

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);
