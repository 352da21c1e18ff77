import { displayWidth } from './display-width';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const GAP = '  ';
/** Characters that move the cursor or reverse the reading direction, which a recorded text must not do to a terminal. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

export const printable = (text: string): string => text.replace(CONTROLS, ' ');

/** The titles, a rule and the rows; each line ends in a line feed. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  );
  const line = (row: readonly string[]): string => {
    const padded = columns.map(({ align }, index) => pad(row[index] ?? '', widths[index] as number, align));
    return `${padded.join(GAP).trimEnd()}\n`;
  };
  return [columns.map(({ title }) => title), widths.map((width) => '-'.repeat(width)), ...cells].map(line).join('');
}

function pad(text: string, width: number, align: Column['align'] = 'left'): string {
  const space = ' '.repeat(width - displayWidth(text));
  return align === 'right' ? space + text : text + space;
}
