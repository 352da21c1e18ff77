import * as xlsx from '@e965/xlsx';
import { Area, Cell, Sheet, Workbook } from '../../forms/workbook';
import { FILE_BOUNDS } from './bounds';
import { tooLarge } from './check-xlsx';
import { csvText } from './csv-text';
import { FileKind } from './file-kind';
import { RefusedFile } from './refused-file';

const OPTIONS: xlsx.ParsingOptions = {
  // A formula whose result was not saved.
  cellFormula: true,
  cellHTML: false,
  cellNF: true,
  sheetStubs: false,
  dense: true,
  // Else a text such as 1-2 in a .csv file would become a date.
  raw: true,
  // Else it would not say which rows are hidden.
  cellStyles: true,
};

/** The library declares no types for it. */
const FORMATS = xlsx.SSF as {
  is_date(format: string): boolean;
  parse_date_code(
    serial: number,
    options: Dates,
  ): { readonly y: number; readonly m: number; readonly d: number } | null;
};

/** From which day a workbook counts. */
interface Dates {
  readonly date1904: boolean;
}

/** Reads the cells of a file that was checked. Throws `RefusedFile`. */
export function parseWorkbook(file: Buffer, kind: FileKind): Workbook {
  const book = read(file, kind);
  const { SheetNames: names, Workbook: about } = book;
  const hidden = about?.Sheets?.map((sheet) => (sheet.Hidden ?? 0) !== 0) ?? [];
  const dates = { date1904: about?.WBProps?.date1904 === true };
  if (names.length > FILE_BOUNDS.sheets) throw new RefusedFile(`工作表超过 ${FILE_BOUNDS.sheets} 张`);
  // The library knows sheets by their names: of two with one name it reads one, twice.
  if (new Set(names.map((name) => name.toLowerCase())).size !== names.length) {
    throw new RefusedFile('有两张同名的工作表');
  }
  let [cells, characters] = [0, 0];
  const sheets = names.map((name, index): Sheet => {
    const sheet = sheetOf(name, hidden[index] ?? false, book.Sheets[name] ?? {}, dates);
    cells += sheet.cells.length;
    characters += sheet.cells.reduce((sum, { text }) => sum + text.length, 0);
    if (cells > FILE_BOUNDS.cells) throw new RefusedFile(`单元格超过 ${FILE_BOUNDS.cells} 个`);
    if (characters > FILE_BOUNDS.characters) throw new RefusedFile(`表内文字超过 ${FILE_BOUNDS.characters} 字`);
    return sheet;
  });
  return { sheets };
}

function read(file: Buffer, kind: FileKind): xlsx.WorkBook {
  const text = kind === 'csv' ? `${BYTE_ORDER_MARK}${csvText(file)}` : undefined;
  try {
    return text === undefined
      ? xlsx.read(file, { ...OPTIONS, type: 'buffer' })
      : xlsx.read(text, { ...OPTIONS, type: 'string' });
  } catch {
    throw new RefusedFile(`无法读取：.${kind} 文件已损坏或有密码`);
  }
}

/** Behind it the library looks for no other format, such as SYLK, DIF or RTF. */
const BYTE_ORDER_MARK = '\ufeff';

function sheetOf(name: string, hidden: boolean, sheet: xlsx.WorkSheet, dates: Dates): Sheet {
  const found: Cell[] = [];
  // A sheet of a chart has none.
  const rows = (sheet as Partial<xlsx.DenseWorkSheet>)['!data'] ?? [];
  rows.forEach((cells, row) => {
    const isHidden = sheet['!rows']?.[row]?.hidden === true;
    cells.forEach((cell, column) => {
      const read = cellOf(row, column, cell, dates);
      if (read === undefined) return;
      if (row >= FILE_BOUNDS.rows || column >= FILE_BOUNDS.columns) throw tooLarge();
      found.push(isHidden ? { ...read, isHidden } : read);
    });
  });
  const merges = sheet['!merges'] ?? [];
  if (merges.length > FILE_BOUNDS.merges) throw new RefusedFile(`合并单元格超过 ${FILE_BOUNDS.merges} 处`);
  return { name, hidden, cells: found, merges: merges.map(areaOf) };
}

const areaOf = ({ s, e }: xlsx.Range): Area => ({ top: s.r, left: s.c, bottom: e.r, right: e.c });

function cellOf(row: number, column: number, cell: xlsx.CellObject | null, dates: Dates): Cell | undefined {
  if (cell === null || cell.t === 'z') return undefined;
  const { t, v, w, z, f } = cell;
  if (v === undefined) return f === undefined ? undefined : errorAt(row, column, `=${f}`);
  const shown = (w ?? String(v)).replace(BYTE_ORDER_MARK, '').slice(0, FILE_BOUNDS.textLength);
  if (t === 'e') return errorAt(row, column, shown);
  const text = typeof v === 'number' ? numberText(v, String(z ?? ''), dates) : String(v).replace(BYTE_ORDER_MARK, '');
  if (text.trim() === '') return undefined;
  if (text.length > FILE_BOUNDS.textLength) throw new RefusedFile(`单元格文字超过 ${FILE_BOUNDS.textLength} 字`);
  return { row, column, shown, text };
}

const errorAt = (row: number, column: number, text: string): Cell => ({
  row,
  column,
  shown: text,
  text,
  isError: true,
});

function numberText(value: number, format: string, dates: Dates): string {
  const day = FORMATS.is_date(format) ? dayText(value, dates) : undefined;
  if (day !== undefined) return day;
  return format.includes('%') ? `${plain(value * 100)}%` : plain(value);
}

/** undefined for a number that is no day, such as one below 0. */
function dayText(serial: number, dates: Dates): string | undefined {
  const parts = FORMATS.parse_date_code(serial, dates);
  if (parts === null) return undefined;
  const { y, m, d } = parts;
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return `${String(y).padStart(4, '0')}-${twoDigits(m)}-${twoDigits(d)}`;
}

/** The 15 digits that a spreadsheet keeps of a number, in plain notation. */
function plain(value: number): string {
  const digits = String(Number(value.toPrecision(15)));
  return digits.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : digits;
}
