import { EvaluationStatuses, Grades } from '../../features/evaluations/choices';
import { BudgetFigures } from '../../figures/budget';
import { YearComparison } from '../../figures/comparison';
import { YearFigures } from '../../figures/year-figures';
import { Fen } from '../../kernel/money';
import { Block, Content, figure, table, TableColumn } from '../document/block';
import { noteOf, noteOfSum } from '../evaluation/notes';
import { nameOf, NOTHING, rate, signed, wan } from '../evaluation/texts';

export const BOTH: readonly TableColumn[] = [
  { title: '项目', width: 4 },
  { title: '起', width: 3, align: 'right' },
  { title: '止', width: 3, align: 'right' },
  { title: '变化', width: 2, align: 'right', note: '止减起；相同为“—”。' },
];

/** The totals of the budget, the scores and the status, side by side. */
export const totalsSection = ({ from, to }: YearComparison): readonly Block[] => [
  table('主要数字（金额为万元）', BOTH, [
    ...AMOUNTS.map(({ name, amountOf, noteOf: note }) => {
      const [before, after] = [from.budget, to.budget].map((budget) => budget && amountOf(budget));
      const shown = (budget: BudgetFigures | undefined): Content =>
        budget === undefined ? [NOTHING] : [figure(wan(amountOf(budget)), note(budget))];
      const difference =
        before === undefined || after === undefined || before === after ? NOTHING : signed(after - before);
      return { cells: [[name], shown(from.budget), shown(to.budget), [difference]] };
    }),
    ...VALUES.map(({ name, valueOf }) => {
      const [before, after] = [valueOf(from), valueOf(to)];
      return { cells: [[name], before, after, [textOf(before) === textOf(after) ? NOTHING : '有变化']] };
    }),
  ]),
];

interface AmountRow {
  readonly name: string;
  readonly amountOf: (budget: BudgetFigures) => Fen;
  readonly noteOf: (budget: BudgetFigures) => string;
}

const AMOUNTS: readonly AmountRow[] = [
  {
    name: '年初预算',
    amountOf: ({ opening }) => opening,
    noteOf: ({ sources }) => noteOfSum(sources.opening, '年初预算'),
  },
  {
    name: '年度调整',
    amountOf: ({ adjustment }) => adjustment,
    noteOf: ({ sources }) => noteOfSum(sources.adjustment, '调整'),
  },
  {
    name: '全年执行',
    amountOf: ({ executed }) => executed,
    noteOf: ({ sources }) => noteOfSum(sources.executed, '支出、冲销或退款'),
  },
];

const VALUES: readonly { readonly name: string; readonly valueOf: (year: YearFigures) => Content }[] = [
  {
    name: '预算执行率',
    valueOf: ({ budget }) => [
      budget === undefined ? NOTHING : rate(budget.executed, budget.opening + budget.adjustment),
    ],
  },
  {
    name: '自评状态',
    valueOf: ({ evaluation }) => [
      evaluation === undefined
        ? NOTHING
        : `${nameOf(EvaluationStatuses, evaluation.status)}，第 ${evaluation.round} 轮`,
    ],
  },
  {
    name: '自评得分',
    valueOf: ({ evaluation }) => [figure(evaluation?.selfScore ?? NOTHING, noteOf(evaluation?.selfScoreSource))],
  },
  {
    name: '复核得分',
    valueOf: ({ evaluation }) => [figure(evaluation?.reviewScore ?? NOTHING, noteOf(evaluation?.reviewScoreSource))],
  },
  {
    name: '等级',
    valueOf: ({ evaluation }) => [evaluation?.grade === undefined ? NOTHING : nameOf(Grades, evaluation.grade)],
  },
  { name: '按模板计算的得分', valueOf: ({ evaluation }) => [evaluation?.scores?.total ?? NOTHING] },
];

/** Without the footnotes, which differ although the value is the same. */
export const textOf = (content: Content): string =>
  content.map((inline) => (typeof inline === 'string' ? inline : inline.text)).join('');
