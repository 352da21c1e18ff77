import { FundSources } from '../../features/budgets/choices';
import { Amounts, BudgetFigures, LineFigures } from '../../figures/budget';
import { YearFigures } from '../../figures/year-figures';
import { Block, figure, heading, paragraph, table, TableColumn } from '../document/block';
import { indicatorResults } from './indicators';
import { monthBlocks } from './months';
import { noteOf, noteOfRule } from './notes';
import { taskResults } from './tasks-section';
import { nameOf, rate, signed, wan } from './texts';

/** 部门整体支出绩效指标分析 */
export const analysisSection = ({ budget, tasks, indicators, fiscalYear }: YearFigures): readonly Block[] => [
  heading(2, '（二）部门整体支出绩效指标分析'),
  heading(3, '1．预算编制情况'),
  ...(budget === undefined ? NO_BUDGET : preparation(budget)),
  heading(3, '2．预算执行情况'),
  ...(budget === undefined ? NO_BUDGET : monthBlocks(budget, fiscalYear)),
  heading(3, '3．预算使用效益'),
  ...indicatorResults(indicators),
  ...taskResults(tasks),
  heading(4, '（3）支出的成本效益'),
  ...(budget === undefined ? NO_BUDGET : withinBudget(budget)),
];

const NO_BUDGET: readonly Block[] = [paragraph('账本没有该年度的预算。')];

const COLUMNS: readonly TableColumn[] = [
  { title: '资金性质', width: 3 },
  { title: '年初预算', width: 2, align: 'right' },
  { title: '调整后预算', width: 2, align: 'right' },
  { title: '执行数', width: 2, align: 'right' },
  { title: '执行率', width: 2, align: 'right' },
];

function preparation(budget: BudgetFigures): readonly Block[] {
  const { opening, adjustment, lines, approval } = budget;
  return [
    paragraph(
      '年初预算 ',
      figure(wan(opening), noteOf(approval)),
      ` 万元，现有预算明细 ${lines.length} 条；年度净调整 ${signed(adjustment)} 万元，占年初预算的 `,
      figure(rate(adjustment, opening), noteOfRule('年度净调整除以年初预算')),
      '。',
    ),
    table('按资金性质（万元；各为预算明细表同类明细之和）', COLUMNS, bySource(lines)),
  ];
}

function bySource(lines: readonly LineFigures[]) {
  const sums = new Map<string, Amounts>();
  for (const line of lines) {
    const name = nameOf(FundSources, line.fundSource);
    const { opening, adjustment, executed } = sums.get(name) ?? NOTHING_SPENT;
    sums.set(name, {
      opening: opening + line.opening,
      adjustment: adjustment + line.adjustment,
      executed: executed + line.executed,
    });
  }
  return [...sums].map(([name, { opening, adjustment, executed }]) => ({
    cells: [
      [name],
      [wan(opening)],
      [wan(opening + adjustment)],
      [wan(executed)],
      [rate(executed, opening + adjustment)],
    ],
  }));
}

const NOTHING_SPENT: Amounts = { opening: 0n, adjustment: 0n, executed: 0n };

/** Which lines have spent more than they had. */
function withinBudget({ lines }: BudgetFigures): readonly Block[] {
  const over = lines.filter(({ opening, adjustment, executed }) => executed > opening + adjustment);
  if (over.length === 0) return [paragraph('各预算明细的执行数均未超过调整后预算数（见预算明细表）。')];
  const named = over.map(
    ({ name, opening, adjustment, executed }) => `${name}超出 ${wan(executed - opening - adjustment)} 万元`,
  );
  return [paragraph(`执行数超过调整后预算数的预算明细 ${over.length} 条：${named.join('；')}（见预算明细表）。`)];
}
