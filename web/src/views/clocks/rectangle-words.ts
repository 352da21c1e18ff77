import { FieldSource } from '../../blame/figure-source';
import { showValue } from '../../blame/show-value';
import { say } from '../../language/say';
import { showDayOf, showTime } from '../../session/ledger';
import { MappedFigure } from './mapped-figure';
import { Axes, momentIn, Rectangle } from './plane';
import { CLOCKS_TEXTS } from './texts';

/** Where the value of a rectangle comes from: the figure at the moment in its first corner. */
export const sourceOf = (figure: MappedFigure, axes: Axes, rectangle: Rectangle): FieldSource => ({
  kind: 'field',
  ...figure,
  at: momentIn(axes, rectangle),
});

export const valueText = ({ path }: MappedFigure, { value }: Rectangle): string => showValue(path, JSON.parse(value));

/** From the change that made it known until the change that replaced it. */
export function knownText({ known }: Axes, { column, columnEnd }: Rectangle): string {
  const [from, until] = [known[column], known[columnEnd]];
  return `${showTime(from?.recordedAt ?? '')} – ${until === undefined ? say(CLOCKS_TEXTS.now) : showTime(until.recordedAt)}`;
}

export function effectiveText({ effective }: Axes, { row, rowEnd }: Rectangle): string {
  const [from, until] = [effective[row - 1], effective[rowEnd - 1]];
  const start = from === undefined ? say(CLOCKS_TEXTS.before) : showDayOf(from);
  return `${start} – ${until === undefined ? say(CLOCKS_TEXTS.onward) : showDayOf(until)}`;
}
