import { isCode } from '../../kernel/codes';
import { Fen, formatAmount } from '../../kernel/money';
import { LocalDate } from '../../kernel/time';
import { Cell, Sheet, Workbook } from '../workbook';
import { readAmount, unitName } from './amounts';
import { CellAnswers, CellPlace } from './answers';
import { readDay } from './days';
import { Grid } from './grid';
import { PaymentMapping } from './payment-mapping';
import { cleaned, saysNothing, titleKey } from './texts';

/** A row of a table of payments. */
export interface PaymentRead {
  /** The cell of the amount. */
  readonly place: CellPlace;
  readonly voucher: string;
  readonly line: string;
  readonly date: LocalDate;
  readonly amount: Fen;
  readonly payee?: string;
  readonly memo?: string;
}

type Columns = ReadonlyMap<string, number>;

/** The payments of a table; undefined if no sheet has all of the columns that the mapping names. */
export function readPayments(
  { sheets }: Workbook,
  mapping: PaymentMapping,
  answers: CellAnswers,
): readonly PaymentRead[] | undefined {
  const wanted = sheets.filter(({ name, hidden }) => (mapping.sheet === undefined ? !hidden : name === mapping.sheet));
  const found = wanted.map((sheet) => readSheet(sheet, mapping, answers));
  for (const sheet of sheets) {
    for (const cell of sheet.cells) {
      const place = { sheet: sheet.name, cell };
      if (!answers.has(place)) answers.nothing(place, '不在对应的列内，不记录');
    }
  }
  return found.every((payments) => payments === undefined) ? undefined : found.flatMap((payments) => payments ?? []);
}

function readSheet(sheet: Sheet, mapping: PaymentMapping, answers: CellAnswers): readonly PaymentRead[] | undefined {
  const grid = new Grid(sheet);
  const titles = grid.rows.findIndex((row) => columnsIn(row, mapping) !== undefined);
  const columns = columnsIn(grid.rows[titles] ?? [], mapping);
  if (columns === undefined) return undefined;
  for (const cell of grid.rows[titles] ?? []) answers.nothing(grid.place(cell), '列名');
  return grid.rows.slice(titles + 1).flatMap((row) => readRow(grid, row, columns, mapping, answers) ?? []);
}

function columnsIn(row: readonly Cell[], { columns }: PaymentMapping): Columns | undefined {
  const found = new Map<string, number>();
  for (const [role, title] of Object.entries(columns)) {
    const cell = row.find(({ text }) => titleKey(text) === titleKey(title));
    if (cell === undefined) return undefined;
    found.set(role, cell.column);
  }
  return found;
}

function readRow(
  grid: Grid,
  row: readonly Cell[],
  columns: Columns,
  mapping: PaymentMapping,
  answers: CellAnswers,
): PaymentRead | undefined {
  const at = (role: string): CellPlace | undefined => {
    const cell = row.find(({ column }) => column === columns.get(role));
    return cell && grid.place(cell);
  };
  const [first] = row;
  if (first === undefined) return undefined;
  const cells = { voucher: at('voucher'), date: at('date'), amount: at('amount'), line: at('line') };
  if (isSummary(row, cells)) {
    for (const cell of row) answers.nothing(grid.place(cell), '合计或空行，不记录');
    return undefined;
  }
  const read = {
    voucher: textAt(cells.voucher, '凭证号', answers),
    date: dayAt(cells.date, answers),
    amount: amountAt(cells.amount, mapping, answers),
    line: mapping.line ?? lineAt(cells.line, mapping, answers),
  };
  for (const [role, label] of NEEDED) {
    if (columns.has(role) && cells[role] === undefined) answers.refuse(grid.place(first), `此行没有${label}`);
  }
  const { voucher, date, amount, line } = read;
  if (voucher === undefined || date === undefined || amount === undefined || line === undefined) return undefined;
  const payee = textAt(at('payee'), '收款人', answers);
  const memo = textAt(at('memo'), '摘要', answers);
  return cells.amount && { place: cells.amount, voucher, date, amount, line, payee, memo };
}

const NEEDED = [
  ['voucher', '凭证号'],
  ['date', '日期'],
  ['amount', '金额'],
  ['line', '明细'],
] as const;

/** Tables end with sums, which have an amount and no voucher. */
function isSummary(
  row: readonly Cell[],
  { voucher, amount }: { readonly voucher?: CellPlace; readonly amount?: CellPlace },
): boolean {
  if (voucher !== undefined && !saysNothing(voucher.cell.text)) return false;
  return amount === undefined || row.some(({ text }) => /^(合计|总计|小计|本页小计|累计)$/.test(titleKey(text)));
}

function textAt(place: CellPlace | undefined, label: string, answers: CellAnswers): string | undefined {
  if (place === undefined) return undefined;
  const text = place.cell.text.normalize('NFKC').trim();
  answers.becomes(place, `${label}：${text}`);
  return text;
}

function dayAt(place: CellPlace | undefined, answers: CellAnswers): LocalDate | undefined {
  if (place === undefined) return undefined;
  const day = readDay(place.cell.text);
  if (day === undefined) answers.refuse(place, '不是日期');
  else answers.becomes(place, `日期 ${day}`);
  return day;
}

function amountAt(place: CellPlace | undefined, { unit }: PaymentMapping, answers: CellAnswers): Fen | undefined {
  if (place === undefined) return undefined;
  const read = place.cell.isError
    ? { problem: `公式没有可用的结果：${place.cell.text}` }
    : readAmount(place.cell.text, unit);
  if (read === undefined || 'problem' in read || read.amount === 0n) {
    answers.refuse(place, read !== undefined && 'problem' in read ? read.problem : '金额须大于 0');
    return undefined;
  }
  answers.becomes(place, `支出 ${formatAmount(read.amount)} 元（按${unitName(read.unit)}读）`);
  return read.amount;
}

function lineAt(place: CellPlace | undefined, { lines }: PaymentMapping, answers: CellAnswers): string | undefined {
  if (place === undefined) return undefined;
  const text = cleaned(place.cell.text);
  const line = lines[text] ?? text;
  if (isCode(line)) {
    answers.becomes(place, `明细 ${line}`);
    return line;
  }
  answers.refuse(place, '对应关系中没有这一明细');
  return undefined;
}
