import { progressChart } from '../../charts/progress-chart';
import { BudgetFigures } from '../../figures/budget';
import { MonthFigures } from '../../figures/months';
import { percentage } from '../../kernel/decimal';
import { Block, figure, paragraph, picture, Row, table, TableColumn } from '../document/block';
import { noteOfSum } from './notes';
import { NOTHING, rate, wan } from './texts';

/** Execution by month against time: a chart, and its figures. */
export function monthBlocks({ months }: BudgetFigures, fiscalYear: number): readonly Block[] {
  if (months.length === 0) return [paragraph('本年度尚未开始。')];
  const columns = months.map((month) => ({
    label: `${month.month}月`,
    reached: percentage(month.executedSoFar, month.revised),
    expected: timeOf(month),
  }));
  const names = { reached: '累计执行率', expected: '时间进度' };
  return [
    picture(progressChart(`${fiscalYear} 年度各月累计执行率与时间进度`, names, columns)),
    table('各月执行（万元）', COLUMNS, months.map(rowOf)),
  ];
}

const COLUMNS: readonly TableColumn[] = [
  { title: '月份', width: 1 },
  { title: '当月执行', width: 2, align: 'right' },
  { title: '累计执行', width: 2, align: 'right', note: '自年初至月末各月执行之和。' },
  { title: '月末预算', width: 2, align: 'right', note: '年初预算加生效日在月末以前的调整，见预算调整表。' },
  { title: '累计执行率', width: 2, align: 'right', note: '累计执行除以月末预算。' },
  { title: '时间进度', width: 2, align: 'right', note: '已过月数除以十二。' },
];

const rowOf = (month: MonthFigures): Row => ({
  cells: [
    [`${month.month}月`],
    [figure(wan(month.executed), noteOfSum(month.source, '支出、冲销或退款'))],
    [wan(month.executedSoFar)],
    [wan(month.revised)],
    [rate(month.executedSoFar, month.revised)],
    [`${timeOf(month)}%`],
  ],
});

const MONTHS = 12n;

/** How much of the year has passed at the end of the month. */
const timeOf = ({ month }: MonthFigures): string => percentage(BigInt(month), MONTHS) ?? NOTHING;
