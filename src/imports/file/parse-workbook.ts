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
};

/** The library declares no types for it. */
const FORMATS = xlsx.SSF as {
  is_date(format: string): boolean;
  parse_date_code(serial: number): { readonly y: number; readonly m: number; readonly d: number };
};

/** Reads the cells of a file that was checked. Throws `RefusedFile`. */
export function parseWorkbook(file: Buffer, kind: FileKind): Workbook {
  const book = read(file, kind);
  const hidden = book.Workbook?.Sheets?.map((sheet) => (sheet.Hidden ?? 0) !== 0) ?? [];
  if (book.SheetNames.length > FILE_BOUNDS.sheets) throw new RefusedFile(`工作表超过 ${FILE_BOUNDS.sheets} 张`);
  let cells = 0;
  const sheets = book.SheetNames.map((name, index): Sheet => {
    const sheet = sheetOf(name, hidden[index] ?? false, book.Sheets[name] ?? {});
    cells += sheet.cells.length;
    if (cells > FILE_BOUNDS.cells) throw new RefusedFile(`单元格超过 ${FILE_BOUNDS.cells} 个`);
    return sheet;
  });
  return { sheets };
}

function read(file: Buffer, kind: FileKind): xlsx.WorkBook {
  const text = kind === 'csv' ? csvText(file) : undefined;
  try {
    return text === undefined
      ? xlsx.read(file, { ...OPTIONS, type: 'buffer' })
      : xlsx.read(text, { ...OPTIONS, type: 'string' });
  } catch {
    throw new RefusedFile(`无法读取：.${kind} 文件已损坏或有密码`);
  }
}

function sheetOf(name: string, hidden: boolean, sheet: xlsx.WorkSheet): Sheet {
  const found: Cell[] = [];
  // A sheet of a chart has none.
  const rows = (sheet as Partial<xlsx.DenseWorkSheet>)['!data'] ?? [];
  rows.forEach((cells, row) => {
    cells.forEach((cell, column) => {
      const read = cellOf(row, column, cell);
      if (read === undefined) return;
      if (row >= FILE_BOUNDS.rows || column >= FILE_BOUNDS.columns) throw tooLarge();
      found.push(read);
    });
  });
  const merges = sheet['!merges'] ?? [];
  if (merges.length > FILE_BOUNDS.merges) throw new RefusedFile(`合并单元格超过 ${FILE_BOUNDS.merges} 处`);
  return { name, hidden, cells: found, merges: merges.map(areaOf) };
}

const areaOf = ({ s, e }: xlsx.Range): Area => ({ top: s.r, left: s.c, bottom: e.r, right: e.c });

function cellOf(row: number, column: number, cell: xlsx.CellObject | null): Cell | undefined {
  if (cell === null || cell.t === 'z') return undefined;
  const { t, v, w, z, f } = cell;
  if (v === undefined) return f === undefined ? undefined : errorAt(row, column, `=${f}`);
  const shown = w ?? String(v);
  if (t === 'e') return errorAt(row, column, shown);
  const text = typeof v === 'number' ? numberText(v, String(z ?? '')) : String(v);
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

function numberText(value: number, format: string): string {
  if (FORMATS.is_date(format)) return dayText(value);
  return format.includes('%') ? `${plain(value * 100)}%` : plain(value);
}

function dayText(serial: number): string {
  const { y, m, d } = FORMATS.parse_date_code(serial);
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return `${String(y).padStart(4, '0')}-${twoDigits(m)}-${twoDigits(d)}`;
}

/** The 15 digits that a spreadsheet keeps of a number, in plain notation. */
function plain(value: number): string {
  const digits = String(Number(value.toPrecision(15)));
  return digits.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : digits;
}
