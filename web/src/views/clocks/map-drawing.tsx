import { openOrigin } from '../../blame/clicked';
import { pathWords } from '../../blame/path-words';
import { say } from '../../language/say';
import { dayOfLedger } from '../../session/ledger';
import { MappedFigure } from './mapped-figure';
import { Axes, Rectangle } from './plane';
import { effectiveText, knownText, sourceOf, valueText } from './rectangle-words';
import { shadesOf } from './shades';
import { CLOCKS_TEXTS } from './texts';

interface Props {
  readonly figure: MappedFigure;
  readonly axes: Axes;
  readonly rectangles: readonly Rectangle[];
}

const WIDTH = 720;
const ROW_HEIGHT = 22;
const MARGIN = { top: 8, right: 8, bottom: 40, left: 78 } as const;
const LABEL_WIDTH = 76;
const LETTER_WIDTH = 6.4;

/** The map: known to the right, in effect upwards. Each rectangle is a value and a button. */
export function MapDrawing({ figure, axes, rectangles }: Props) {
  const columnWidth = WIDTH / axes.known.length;
  const rows = axes.effective.length + 1;
  const height = rows * ROW_HEIGHT;
  const shades = shadesOf(rectangles.map(({ value }) => value));
  const step = Math.ceil(LABEL_WIDTH / columnWidth);
  return (
    <figure class="chart clocks-map">
      <figcaption>{say(CLOCKS_TEXTS.map)}</figcaption>
      <div class="chart-scroll" tabIndex={0} role="region" aria-label={say(CLOCKS_TEXTS.map)}>
        <svg viewBox={`0 0 ${WIDTH + MARGIN.left + MARGIN.right} ${height + MARGIN.top + MARGIN.bottom}`}>
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {rectangles.map((rectangle) => (
              <Area
                key={`${rectangle.column}/${rectangle.row}`}
                x={rectangle.column * columnWidth}
                y={(rows - rectangle.rowEnd) * ROW_HEIGHT}
                width={(rectangle.columnEnd - rectangle.column) * columnWidth}
                height={(rectangle.rowEnd - rectangle.row) * ROW_HEIGHT}
                shade={shades.get(rectangle.value) ?? 0}
                text={valueText(figure, rectangle)}
                label={`${valueText(figure, rectangle)}. ${say(CLOCKS_TEXTS.known)} ${knownText(axes, rectangle)}. ${say(CLOCKS_TEXTS.effective)} ${effectiveText(axes, rectangle)}`}
                onOpen={() => {
                  openOrigin({
                    source: sourceOf(figure, axes, rectangle),
                    label: `${pathWords(figure.path)} · ${knownText(axes, rectangle)} · ${effectiveText(axes, rectangle)}`,
                    text: valueText(figure, rectangle),
                  });
                }}
              />
            ))}
            {axes.effective.map((instant, index) => (
              <text key={instant} class="tick" x={-6} y={(rows - index - 1) * ROW_HEIGHT + 4} text-anchor="end">
                {dayOfLedger(instant)}
              </text>
            ))}
            {axes.known.map(({ position, recordedAt }, index) =>
              index % step === 0 ? (
                <text key={position} class="tick" x={index * columnWidth} y={height + 16}>
                  {dayOfLedger(recordedAt)}
                </text>
              ) : null,
            )}
            <text class="tick" x={WIDTH} y={height + 34} text-anchor="end">
              {say(CLOCKS_TEXTS.knownAxis)} →
            </text>
            <text class="tick" x={-MARGIN.left + 2} y={height + 34}>
              ↑ {say(CLOCKS_TEXTS.effectiveAxis)}
            </text>
          </g>
        </svg>
      </div>
    </figure>
  );
}

interface AreaProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly shade: number;
  readonly text: string;
  readonly label: string;
  readonly onOpen: () => void;
}

function Area({ x, y, width, height, shade, text, label, onOpen }: AreaProps) {
  const fits = text.length * LETTER_WIDTH < width - 8;
  return (
    <g
      class={`area shade-${shade}`}
      role="button"
      // The names of attributes of SVG have their case: with another one, no key leads here.
      tabindex={0}
      aria-label={label}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen();
      }}
    >
      <title>{label}</title>
      <rect x={x} y={y} width={width} height={height} />
      {fits && (
        <text x={x + width / 2} y={y + height / 2 + 4} text-anchor="middle" aria-hidden="true">
          {text}
        </text>
      )}
    </g>
  );
}
