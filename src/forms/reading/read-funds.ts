import { isCode } from '../../kernel/codes';
import { Fen, formatAmount, MoneyUnit } from '../../kernel/money';
import { Pausing } from '../../kernel/turns';
import { FundsPart } from '../layouts/layout';
import { readAmount, unitIn, unitName } from './amounts';
import { CellAnswers, CellPlace } from './answers';
import { FoundTable, titlesOf } from './find-tables';
import { FundsRead, Said } from './form-reading';
import { cleaned } from './texts';

const AMOUNTS = ['opening', 'revised', 'executed'] as const;
type AmountRole = (typeof AMOUNTS)[number];

const NOT_RECORDED: Readonly<Record<string, string>> = {
  adjustment: '调整数由调整后预算减年初预算得出，不单独记录',
  points: '分值由评分模板规定，不从表中取',
  rate: '执行率由账本计算，不从表中取',
  score: '得分由评分模板计算，不从表中取',
  reason: '资金行的说明不记录',
};

/** The rows of a table of money, up to `end` (exclusive). Two rows of the same source are refused, in tables of one file. `seen`: their keys. */
export function* readFunds(
  table: FoundTable<FundsPart>,
  end: number,
  seen: Set<string>,
  answers: CellAnswers,
): Pausing<readonly FundsRead[]> {
  const units = unitsOf(table, answers);
  const rows: (FundsRead & { readonly total: boolean })[] = [];
  for (let row = table.top + 1; row < end; row++) {
    yield;
    const label = labelOf(table, row);
    if (label === undefined) continue;
    const { place, fund } = label;
    answers.nothing(place, '行名称');
    const read = { row: fund, total: fund.lines === undefined, ...readRow(table, row, units, answers) };
    const key = JSON.stringify([fund.title, read.code]);
    if (seen.has(key)) answers.refuse(place, '同一资金来源出现两行');
    seen.add(key);
    rows.push(read);
  }
  return withoutTotal(rows, answers);
}

function labelOf({ part, grid, columns }: FoundTable<FundsPart>, row: number) {
  const last = Math.min(...AMOUNTS.flatMap((role) => columns.get(role) ?? [])) - 1;
  for (let column = last; column >= 0; column--) {
    const place = grid.at(row, column);
    if (place === undefined) continue;
    const key = grid.titleOf(place.cell);
    const fund = part.rows.find((each) => titlesOf(each).includes(key));
    if (fund !== undefined && place.cell.row === row) return { place, fund };
  }
  return undefined;
}

function readRow(
  { grid, columns }: FoundTable<FundsPart>,
  row: number,
  units: ReadonlyMap<AmountRole, MoneyUnit>,
  answers: CellAnswers,
): Omit<FundsRead, 'row'> {
  for (const [role, reason] of Object.entries(NOT_RECORDED)) answers.nothing(grid.at(row, columns.get(role)), reason);
  const code = grid.at(row, columns.get('code'));
  const given = code && cleaned(code.cell.text);
  if (code !== undefined && given !== undefined) {
    if (isCode(given)) answers.becomes(code, `明细编码：${given}`);
    else answers.refuse(code, '不是编码：只能用字母、数字、_ 和 -');
  }
  const amount = (role: AmountRole) => amountAt(grid.at(row, columns.get(role)), units.get(role), answers);
  return {
    code: given !== undefined && isCode(given) ? given : undefined,
    opening: amount('opening'),
    revised: amount('revised'),
    executed: amount('executed'),
  };
}

function amountAt(
  place: CellPlace | undefined,
  unit: MoneyUnit | undefined,
  answers: CellAnswers,
): Said<Fen> | undefined {
  if (place === undefined || unit === undefined) return undefined;
  if (place.cell.isError) {
    answers.refuse(place, `公式没有可用的结果：${place.cell.text}`);
    return undefined;
  }
  const read = readAmount(place.cell.text, unit);
  if (read === undefined) answers.nothing(place, '空值，不作 0');
  else if ('problem' in read) answers.refuse(place, read.problem);
  else if (read.amount < 0n) answers.refuse(place, '金额不能为负：表上填的应是净额，请核对');
  else {
    answers.becomes(place, `${formatAmount(read.amount)} 元（按${unitName(read.unit)}读）`);
    return { value: read.amount, place };
  }
  return undefined;
}

/** The unit of each column: as its title says, else as the nearest remark above says, else as the form is printed. */
function unitsOf({ part, grid, top, titles }: FoundTable<FundsPart>, answers: CellAnswers) {
  const above = grid.rows
    .filter(([first]) => first !== undefined && first.row <= top && first.row >= top - 4)
    .reverse();
  const remark = above.flatMap((row) => row.flatMap(({ text }) => unitIn(text) ?? [])).at(0);
  for (const cell of titles) answers.nothing(grid.place(cell), '列名');
  const units = new Map<AmountRole, MoneyUnit>();
  for (const role of AMOUNTS) {
    const own = titles.find((cell) =>
      part.columns.some((column) => column.role === role && titlesOf(column).includes(grid.titleOf(cell))),
    );
    units.set(role, (own && unitIn(own.text)) ?? remark ?? part.unit);
  }
  return units;
}

/** The total is a check, and never a fact beside its parts. It is flagged if it is not their sum, and nothing is put right. */
function withoutTotal(
  rows: readonly (FundsRead & { readonly total: boolean })[],
  answers: CellAnswers,
): readonly FundsRead[] {
  const parts = rows.filter(({ total }) => !total);
  const hasParts = parts.some((row) => AMOUNTS.some((role) => row[role] !== undefined));
  if (!hasParts) return rows.filter(({ total }) => total).slice(0, 1);
  for (const total of rows.filter((row) => row.total)) {
    for (const role of AMOUNTS) {
      const said = total[role];
      if (said === undefined) continue;
      const sum = parts.reduce((all, row) => all + (row[role]?.value ?? 0n), 0n);
      const warning = sum === said.value ? undefined : `与分项之和 ${formatAmount(sum)} 元不符：记录分项，请核对合计`;
      answers.nothing(said.place, '合计只作核对，不单独记录', warning);
    }
  }
  return parts;
}
