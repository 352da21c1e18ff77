import { FundRow, FundsPart } from '../../forms/layouts/layout';
import { BudgetFigures, LineFigures } from '../../figures/budget';
import { fractionOf, greatest, least, dividedBy, ONE, rounded, times, ZERO } from '../../kernel/fraction';
import { Decimal } from '../../kernel/decimal';
import { Fen, formatAmount } from '../../kernel/money';
import { CellContent, cellName, formulaCell, numberCell, textCell } from '../formats/xlsx/sheet';
import { StyleName } from '../formats/xlsx/styles';
import { TablePlace } from './table-place';

/** The points of the execution rate in forms about a project. */
const EXECUTION_POINTS = '10';

interface Sums {
  readonly opening: Fen;
  readonly adjustment: Fen;
  readonly executed: Fen;
}

const NOTHING: Sums = { opening: 0n, adjustment: 0n, executed: 0n };

/** The rows of the money: each source, and the total, which formulas add up. Returns what the total scores, and where. */
export function addFunds(
  place: TablePlace<FundsPart>,
  budget: BudgetFigures | undefined,
): { readonly score?: Decimal; readonly cell?: string } {
  const { part, builder } = place;
  const first = builder.next;
  const total = part.rows.findIndex(({ lines }) => lines === undefined);
  let scored: { readonly score?: Decimal; readonly cell?: string } = {};
  for (const [index, fund] of part.rows.entries()) {
    const row = builder.next;
    const isTotal = index === total;
    const lines = linesOf(fund, budget);
    const sums = lines.reduce(plus, NOTHING);
    const hasMoney = budget !== undefined && (isTotal || lines.length > 0);
    const [from, to] = [first + (total === 0 ? 1 : 0), first + part.rows.length - (total === 0 ? 1 : 2)];
    const cells: Record<string, CellContent | undefined> = { source: textCell(fund.title) };
    if (hasMoney) {
      for (const [role, amount] of amountsOf(sums, part)) {
        const column = place.columnOf(role);
        if (column === undefined) continue;
        cells[role] = isTotal
          ? formulaCell(`SUM(${cellName(column, from)}:${cellName(column, to)})`, amount)
          : numberCell(amount);
      }
      Object.assign(cells, rateAndScore(place, row, sums, isTotal));
      cells.code = textCell(lines.length === 1 && !isTotal ? (lines[0]?.code ?? '') : '');
      if (isTotal && cells.score?.kind === 'formula') {
        const column = place.columnOf('score') ?? 0;
        scored = { score: cells.score.value ?? undefined, cell: cellName(column, row) };
      }
    }
    place.addRow(cells, STYLES);
  }
  return scored;
}

const STYLES: Readonly<Record<string, StyleName>> = {
  opening: 'amount',
  adjustment: 'amount',
  revised: 'amount',
  executed: 'amount',
  points: 'number',
  rate: 'percent',
  score: 'score',
};

function linesOf({ lines }: FundRow, budget: BudgetFigures | undefined): readonly LineFigures[] {
  const all = budget?.lines ?? [];
  if (lines === undefined) return all;
  const [sources, vintages]: readonly (readonly string[])[] = [lines.fundSources, lines.vintages];
  return all.filter(({ fundSource, vintage }) => sources?.includes(fundSource) && vintages?.includes(vintage));
}

const plus = (sums: Sums, line: Sums): Sums => ({
  opening: sums.opening + line.opening,
  adjustment: sums.adjustment + line.adjustment,
  executed: sums.executed + line.executed,
});

const amountsOf = ({ opening, adjustment, executed }: Sums, { unit }: FundsPart): readonly [string, Decimal][] => [
  ['opening', formatAmount(opening, unit)],
  ['adjustment', formatAmount(adjustment, unit)],
  ['revised', formatAmount(opening + adjustment, unit)],
  ['executed', formatAmount(executed, unit)],
];

/** Formulas that the spreadsheet computes again, with what they give. A rate without a budget is empty. */
function rateAndScore(
  place: TablePlace<FundsPart>,
  row: number,
  { opening, adjustment, executed }: Sums,
  isTotal: boolean,
) {
  const at = (role: string): string => cellName(place.columnOf(role) ?? 0, row);
  const [whole, part] = [opening + adjustment, executed].map((amount) => fractionOf(formatAmount(amount)));
  const share = whole === undefined || part === undefined || whole.numerator <= 0n ? undefined : dividedBy(part, whole);
  const rate = share && rounded(share, 4);
  const cells: Record<string, CellContent> = {
    rate: formulaCell(`IF(${at('revised')}<=0,"",ROUND(${at('executed')}/${at('revised')},4))`, rate ?? null),
  };
  if (!isTotal || place.columnOf('points') === undefined) return cells;
  const points = least(ONE, greatest(ZERO, share ?? ZERO));
  return {
    ...cells,
    points: numberCell(EXECUTION_POINTS),
    score: formulaCell(
      `IF(${at('revised')}<=0,"",ROUND(MIN(1,MAX(0,${at('executed')}/${at('revised')}))*${at('points')},2))`,
      share === undefined ? null : rounded(times(points, fractionOf(EXECUTION_POINTS)), 2),
    ),
  };
}
