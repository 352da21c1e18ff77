import { BridgeColumn, bridgeChart } from '../../charts/bridge-chart';
import { EntryKinds } from '../../features/budgets/readings';
import { AdjustmentFigures } from '../../figures/adjustments';
import { BudgetFigures } from '../../figures/budget';
import { Fen } from '../../kernel/money';
import { Block, figure, paragraph, picture, Row, table, TableColumn } from '../document/block';
import { noteOf } from './notes';
import { nameOf, NOTHING, signed, wan } from './texts';

/** How the opening budget became the revised one: a chart, and each step with its document. */
export function adjustmentBlocks({ opening, adjustment, adjustments }: BudgetFigures): readonly Block[] {
  if (adjustments.length === 0) return [paragraph('账本没有记载预算调整。')];
  const title = '年初预算到全年预算的调整过程（万元）';
  return [
    picture(bridgeChart(title, '万元', columnsOf(opening, opening + adjustment, adjustments))),
    table('预算调整（万元）', COLUMNS, adjustments.map(rowOf)),
  ];
}

const COLUMNS: readonly TableColumn[] = [
  { title: '序号', width: 1 },
  { title: '生效日', width: 2 },
  { title: '类别', width: 1.5 },
  { title: '明细', width: 3.2 },
  { title: '调整额', width: 2.3, align: 'right' },
  { title: '调整后预算', width: 2.5, align: 'right', note: '年初预算加至该行为止的调整额。' },
  { title: '文号与理由', width: 5 },
];

const rowOf = (step: AdjustmentFigures, index: number): Row => ({
  cells: [
    [String(index + 1)],
    [step.source.effectiveOn],
    [`${nameOf(EntryKinds, step.kind)}${step.withdrawn ? '（已撤回）' : ''}`],
    [step.legs.map(({ line, amount }) => `${line} ${signed(amount)}`).join('；')],
    [figure(signed(step.amount), noteOf(step.source))],
    [wan(step.revisedAfter)],
    [[step.source.documentNo, step.source.reason].filter((text) => text !== undefined).join('：') || NOTHING],
  ],
});

/** More columns could not be read. */
const MOST_STEPS = 12;

/** The steps that change the total, by their numbers in the table. If there are many, the last ones are one column. */
function columnsOf(opening: Fen, revised: Fen, adjustments: readonly AdjustmentFigures[]): readonly BridgeColumn[] {
  const steps = adjustments
    .map(({ amount }, index) => ({ label: String(index + 1), amount }))
    .filter(({ amount }) => amount !== 0n);
  const kept = steps.length > MOST_STEPS ? steps.slice(0, MOST_STEPS - 1) : steps;
  const others = steps.slice(kept.length);
  const rest = others.length === 0 ? [] : [{ label: `其余${others.length}项`, amount: sum(others) }];
  return [
    { label: '年初', amount: wan(opening), kind: 'total' },
    ...[...kept, ...rest].map(({ label, amount }) => ({ label, amount: wan(amount), kind: 'step' as const })),
    { label: '全年', amount: wan(revised), kind: 'total' },
  ];
}

const sum = (steps: readonly { readonly amount: Fen }[]): Fen =>
  steps.reduce((total, { amount }) => total + amount, 0n);
