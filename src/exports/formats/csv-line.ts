import { csvField } from '../../kernel/csv';
import { spreadsheetText } from './spreadsheet-text';

/** A literal is a number or a truth value that a spreadsheet is to read as such. */
export type Cell = string | number | { readonly literal: string } | null;

/** Writes lines of RFC 4180. Texts are written as they are, or in a form that spreadsheets show unchanged. */
export function csvLine(cells: readonly Cell[], forSpreadsheets: boolean): string {
  const line = cells.map((cell) => {
    if (cell === null) return '';
    if (typeof cell === 'object') return cell.literal;
    return typeof cell === 'number' ? String(cell) : csvField(forSpreadsheets ? spreadsheetText(cell) : cell);
  });
  return `${line.join(',')}\r\n`;
}
