/**
 * What spreadsheets take for the begin of a formula (OWASP, "CSV injection"); the full-width signs are taken so where a Chinese or
 * Japanese input method is usual.
 */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;
const SPECIAL = /[",\r\n]/;

export type Cell = string | number | null;

/** A line as RFC 4180 has it. A cell that a spreadsheet would reckon with is marked as text by an apostrophe before it. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(written).join(',')}\r\n`;

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
