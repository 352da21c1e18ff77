/** A cell is a text, or an exact number that a spreadsheet is to read as one; null: empty. */
export type CsvCell = string | { readonly number: string } | null;

const BYTE_ORDER_MARK = '\ufeff';
const SPECIAL = /[",\r\n]/;
/** Spreadsheets run a text that begins with one of these as a formula; those of East Asia take the wide forms for the same. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** RFC 4180, with the mark by which spreadsheets recognise UTF-8. */
export const csvText = (rows: readonly (readonly CsvCell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return NUMBER.test(cell.number) ? cell.number : cellText(cell.number);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
