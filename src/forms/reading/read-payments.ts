import { isCode } from '../../kernel/codes';
import { Fen, formatAmount } from '../../kernel/money';
import { LocalDate } from '../../kernel/time';
import { Pausing } from '../../kernel/turns';
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
  /** Below 0: money that came back (红字). */
  readonly amount: Fen;
  readonly payee?: string;
  readonly memo?: string;
}

type Columns = ReadonlyMap<string, number>;

/** The payments of a table; undefined if no sheet has all of the columns that the mapping names. */
export function* readPayments(
  { sheets }: Workbook,
  mapping: PaymentMapping,
  answers: CellAnswers,
): Pausing<readonly PaymentRead[] | undefined> {
  const wanted = sheets.filter(({ name, hidden }) => (mapping.sheet === undefined ? !hidden : name === mapping.sheet));
  const terms = { mapping, titles: titlesOf(mapping), lines: linesOf(mapping), answers };
  const found: PaymentRead[] = [];
  let hasTable = false;
  for (const sheet of wanted) {
    const payments = yield* readSheet(sheet, terms);
    hasTable ||= payments !== undefined;
    found.push(...(payments ?? []));
  }
  for (const sheet of sheets) {
    for (const cell of sheet.cells) {
      yield;
      answers.other(
        { sheet: sheet.name, cell },
        '不在对应的列内，不记录',
        sheet.hidden && sheet.name !== mapping.sheet,
      );
    }
  }
  yield* refuseCopies(found, answers);
  return hasTable ? found : undefined;
}

/** Equal rows of one sheet are payments of their own. In another sheet they are more likely those of a copy. */
function* refuseCopies(found: readonly PaymentRead[], answers: CellAnswers): Pausing<void> {
  const sheets = new Map<string, string>();
  for (const { place, voucher, line, date, amount } of found) {
    yield;
    const key = JSON.stringify([cleaned(voucher), line, date, String(amount)]);
    const first = sheets.get(key) ?? place.sheet;
    sheets.set(key, first);
    if (first === place.sheet) continue;
    answers.refuse(place, `与工作表“${first}”中的一行相同：请删去重复的工作表，或在对应关系中用 sheet 指定一张`);
  }
}

/** What all rows of a table share. */
interface Terms {
  readonly mapping: PaymentMapping;
  /** The keys of the titles, by role. */
  readonly titles: ReadonlyMap<string, string>;
  /** The codes of lines, by the texts that mean them. */
  readonly lines: ReadonlyMap<string, string>;
  readonly answers: CellAnswers;
}

const titlesOf = ({ columns }: PaymentMapping): ReadonlyMap<string, string> =>
  new Map(Object.entries(columns).map(([role, title]) => [role, titleKey(title)]));

const linesOf = ({ lines }: PaymentMapping): ReadonlyMap<string, string> =>
  new Map(Object.entries(lines).map(([text, line]) => [cleaned(text), line]));

function* readSheet(sheet: Sheet, terms: Terms): Pausing<readonly PaymentRead[] | undefined> {
  const grid = yield* Grid.of(sheet);
  const found: PaymentRead[] = [];
  let columns: Columns | undefined;
  for (const row of grid.rows) {
    yield;
    if (columns !== undefined) found.push(...(readRow(grid, row, columns, terms) ?? []));
    else if ((columns = columnsIn(grid, row, terms)) !== undefined) {
      for (const cell of row) terms.answers.nothing(grid.place(cell), '列名');
    }
  }
  return columns === undefined ? undefined : found;
}

function columnsIn(grid: Grid, row: readonly Cell[], { titles }: Terms): Columns | undefined {
  const found = new Map<string, number>();
  for (const [role, title] of titles) {
    const cell = row.find((each) => grid.titleOf(each) === title);
    if (cell === undefined) return undefined;
    found.set(role, cell.column);
  }
  return found;
}

function readRow(grid: Grid, row: readonly Cell[], columns: Columns, terms: Terms): readonly PaymentRead[] | undefined {
  const { mapping, answers } = terms;
  const at = (role: string): CellPlace | undefined => {
    const cell = row.find(({ column }) => column === columns.get(role));
    return cell && grid.place(cell);
  };
  const [first] = row;
  if (first === undefined) return undefined;
  const cells = { voucher: at('voucher'), date: at('date'), amount: at('amount'), line: at('line') };
  if (isSummary(grid, row, cells)) {
    for (const cell of row) answers.nothing(grid.place(cell), '合计或空行，不记录');
    return undefined;
  }
  const read = {
    voucher: textAt(cells.voucher, '凭证号', answers),
    date: dayAt(cells.date, answers),
    amount: amountAt(cells.amount, mapping, answers),
    line: mapping.line ?? lineAt(cells.line, terms),
  };
  for (const [role, label] of NEEDED) {
    if (columns.has(role) && cells[role] === undefined) answers.refuse(grid.place(first), `此行没有${label}`);
  }
  const { voucher, date, amount, line } = read;
  if (voucher === undefined || date === undefined || amount === undefined || line === undefined) return undefined;
  const payee = textAt(at('payee'), '收款人', answers);
  const memo = textAt(at('memo'), '摘要', answers);
  return cells.amount && [{ place: cells.amount, voucher, date, amount, line, payee, memo }];
}

const NEEDED = [
  ['voucher', '凭证号'],
  ['date', '日期'],
  ['amount', '金额'],
  ['line', '明细'],
] as const;

/** Tables end with sums, which have an amount and no voucher. */
function isSummary(
  grid: Grid,
  row: readonly Cell[],
  { voucher, amount }: { readonly voucher?: CellPlace; readonly amount?: CellPlace },
): boolean {
  if (voucher !== undefined && !saysNothing(voucher.cell.text)) return false;
  return amount === undefined || row.some((cell) => /^(合计|总计|小计|本页小计|累计)$/.test(grid.titleOf(cell)));
}

function textAt(place: CellPlace | undefined, label: string, answers: CellAnswers): string | undefined {
  if (place === undefined) return undefined;
  const text = place.cell.text.trim();
  answers.becomes(place, `${label}：${text}`);
  return text;
}

const SERIAL = /^\d{5}(?:\.\d+)?$/;
const NO_FORMAT = '不是日期：像是日期的序号，请把单元格设为日期格式';

function dayAt(place: CellPlace | undefined, answers: CellAnswers): LocalDate | undefined {
  if (place === undefined) return undefined;
  const day = readDay(place.cell.text);
  if (day === undefined) answers.refuse(place, SERIAL.test(place.cell.text) ? NO_FORMAT : '不是日期');
  else answers.becomes(place, `日期 ${day}`);
  return day;
}

function amountAt(place: CellPlace | undefined, { unit }: PaymentMapping, answers: CellAnswers): Fen | undefined {
  if (place === undefined) return undefined;
  const read = place.cell.isError
    ? { problem: `公式没有可用的结果：${place.cell.text}` }
    : readAmount(place.cell.text, unit);
  if (read === undefined || 'problem' in read || read.amount === 0n) {
    answers.refuse(place, read !== undefined && 'problem' in read ? read.problem : '金额不能为 0 或空');
    return undefined;
  }
  answers.becomes(place, `${paymentWords(read.amount)}（按${unitName(read.unit)}读）`);
  return read.amount;
}

/** `支出 100.00 元`, or `收回 100.00 元（红字）`. */
export const paymentWords = (amount: Fen): string =>
  amount < 0n ? `收回 ${formatAmount(-amount)} 元（红字）` : `支出 ${formatAmount(amount)} 元`;

function lineAt(place: CellPlace | undefined, { lines, answers }: Terms): string | undefined {
  if (place === undefined) return undefined;
  const text = cleaned(place.cell.text);
  const line = lines.get(text) ?? text;
  if (isCode(line)) {
    answers.becomes(place, `明细 ${line}`);
    return line;
  }
  answers.refuse(place, '对应关系中没有这一明细');
  return undefined;
}
