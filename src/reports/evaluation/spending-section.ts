import { Amounts, BudgetFigures, LineFigures } from '../../figures/budget';
import { AmountSources } from '../../figures/fact-sources';
import { Block, Content, figure, heading, paragraph, Row, table, TableColumn } from '../document/block';
import { adjustmentBlocks } from './adjustments';
import { noteOfRule, noteOfSum } from './notes';
import { rate, signed, wan } from './texts';

/** 部门整体支出情况 */
export function spendingSection(budget: BudgetFigures | undefined, fiscalYear: number): readonly Block[] {
  const title = heading(2, '（四）部门整体支出情况');
  if (budget === undefined) return [title, paragraph(`账本没有 ${fiscalYear} 年度的预算。`)];
  const { opening, adjustment, revised, executed, left, executionRate } = shown(budget, budget.sources);
  return [
    title,
    paragraph(
      `${fiscalYear} 年度年初预算 `,
      ...opening,
      ' 万元，年度调整 ',
      ...adjustment,
      ' 万元，全年预算（调整后预算数）',
      ...revised,
      ' 万元，全年执行 ',
      ...executed,
      ' 万元，预算执行率 ',
      ...executionRate,
      '，未执行 ',
      ...left,
      ` 万元。${budget.closed ? '本年度账目已关账。' : '本年度账目未关账。'}`,
    ),
    table('预算明细与执行（万元）', COLUMNS, [...budget.lines.map(rowOfLine), sumRow(budget)]),
    ...adjustmentBlocks(budget),
  ];
}

const COLUMNS: readonly TableColumn[] = [
  { title: '预算明细', width: 4 },
  { title: '年初预算', width: 2, align: 'right' },
  { title: '年度调整', width: 2, align: 'right' },
  { title: '调整后预算', width: 2, align: 'right', note: '同一行的年初预算加年度调整。' },
  { title: '执行数', width: 2, align: 'right' },
  { title: '执行率', width: 2, align: 'right', note: '同一行的执行数除以调整后预算。' },
];

const rowOfLine = (line: LineFigures): Row => ({
  cells: [[`${line.name}（${line.code}）`], ...cellsOf(shown(line, line.sources), line)],
});

const sumRow = (budget: BudgetFigures): Row => ({
  cells: [['合计'], ...cellsOf(shown(budget, budget.sources), budget)],
  strong: true,
});

const cellsOf = ({ opening, adjustment, executed }: Shown, amounts: Amounts): readonly Content[] => {
  const revised = amounts.opening + amounts.adjustment;
  return [opening, adjustment, [wan(revised)], executed, [rate(amounts.executed, revised)]];
};

type Shown = Readonly<Record<'opening' | 'adjustment' | 'revised' | 'executed' | 'left' | 'executionRate', Content>>;

/** The amounts with their footnotes. */
function shown({ opening, adjustment, executed }: Amounts, sources: AmountSources): Shown {
  const revised = opening + adjustment;
  return {
    opening: [figure(wan(opening), noteOfSum(sources.opening, '年初预算'))],
    adjustment: [figure(signed(adjustment), noteOfSum(sources.adjustment, '调整'))],
    revised: [figure(wan(revised), noteOfRule('年初预算加年度调整', noteOfSum(sources.adjustment, '调整')))],
    executed: [figure(wan(executed), noteOfSum(sources.executed, '支出、冲销或退款'))],
    left: [figure(wan(revised - executed), noteOfRule('全年预算减全年执行'))],
    executionRate: [figure(rate(executed, revised), noteOfRule('执行数除以调整后预算数'))],
  };
}
