import { IndicatorsPart } from '../../forms/layouts/layout';
import { DIRECTION_WORDS, LEVEL_1_WORDS, LEVEL_2_WORDS } from '../../forms/layouts/words';
import { IndicatorFigures } from '../../figures/indicators';
import { compareDecimals, Decimal } from '../../kernel/decimal';
import { dividedBy, fractionOf, least, ONE, rounded, sum, times } from '../../kernel/fraction';
import { CellContent, cellName, formulaCell, numberCell, textCell } from '../formats/xlsx/sheet';
import { StyleName } from '../formats/xlsx/styles';
import { TablePlace } from './table-place';

const STYLES: Readonly<Record<string, StyleName>> = {
  points: 'number',
  score: 'score',
  target: 'number',
  value: 'number',
};

/** The rows of the indicators, and the total, which adds the score of the execution rate. */
export function addIndicators(
  place: TablePlace<IndicatorsPart>,
  indicators: readonly IndicatorFigures[],
  execution: { readonly score?: Decimal; readonly cell?: string },
): void {
  const { builder, part } = place;
  const first = builder.next;
  const shown = inOrder(indicators.filter(({ retired }) => !retired));
  const scores = shown.map(scoreOf);
  for (const [index, indicator] of shown.entries()) {
    const score = scores[index];
    place.addRow({ ...cellsOf(indicator, place), score: score === undefined ? undefined : numberCell(score) }, STYLES);
  }
  const total = (role: string, values: readonly Decimal[], more?: string): CellContent => {
    const column = place.columnOf(role) ?? 0;
    const range = shown.length === 0 ? [] : [`SUM(${cellName(column, first)}:${cellName(column, builder.next - 1)})`];
    const value = rounded(sum(values.map(fractionOf)), 2);
    return formulaCell([...range, ...(more === undefined ? [] : [more])].join('+') || '0', value);
  };
  const points = shown.flatMap((indicator) => indicator.points ?? []);
  const scored = scores.flatMap((score) => score ?? []);
  place.addRow(
    {
      level1: textCell(part.total.title),
      points: total('points', execution.cell === undefined ? points : [...points, '10'], execution.cell && '10'),
      score: total('score', execution.score === undefined ? scored : [...scored, execution.score], execution.cell),
    },
    { points: 'score', score: 'score' },
    'head',
  );
}

const inOrder = (indicators: readonly IndicatorFigures[]): readonly IndicatorFigures[] => {
  const [firsts, seconds] = [Object.keys(LEVEL_1_WORDS), Object.keys(LEVEL_2_WORDS)];
  const placeOf = ({ level1, level2 }: IndicatorFigures): number =>
    firsts.indexOf(level1) * seconds.length + seconds.indexOf(level2);
  return [...indicators].sort((a, b) => placeOf(a) - placeOf(b) || (a.code < b.code ? -1 : 1));
};

function cellsOf(
  indicator: IndicatorFigures,
  place: TablePlace<IndicatorsPart>,
): Record<string, CellContent | undefined> {
  const { code, name, level1, level2, direction, unit = '', points } = indicator;
  return {
    level1: textCell(LEVEL_1_WORDS[level1][0] ?? ''),
    level2: textCell(LEVEL_2_WORDS[level2][0] ?? ''),
    name: textCell(name),
    direction: textCell(DIRECTION_WORDS[direction][0] ?? ''),
    target: targetCell(indicator, place.columnOf('direction') !== undefined),
    unit: textCell(unit),
    value: valueCell(indicator),
    points: points === undefined ? undefined : numberCell(points),
    code: textCell(code),
  };
}

/** With a column for the direction a bare number, else operator, number and unit in one text. */
function targetCell(
  { direction, target, targetUpper, unit = '' }: IndicatorFigures,
  isBare: boolean,
): CellContent | undefined {
  if (target === undefined) return undefined;
  if (direction === 'RANGE') return textCell(`${target}~${targetUpper ?? ''}${isBare ? '' : unit}`);
  return isBare ? numberCell(target) : textCell(`${DIRECTION_WORDS[direction][0] ?? ''}${target}${unit}`);
}

const QUALIFIERS = { EQ: '', GT: '超过', GE: '不低于', LT: '低于', LE: '不超过', APPROX: '约' } as const;

/** A number, or a text if the value is a bound or an estimate. */
function valueCell({ latest }: IndicatorFigures): CellContent | undefined {
  if (latest === undefined) return undefined;
  const { value, text = '', qualifier } = latest;
  if (value === undefined) return textCell(text);
  return qualifier === 'EQ' ? numberCell(value) : textCell(`${QUALIFIERS[qualifier]}${value}`);
}

/** The points in proportion to the completion, and never more; undefined if the indicator has no points or no completion. */
function scoreOf({ points, completion }: IndicatorFigures): Decimal | undefined {
  if (points === undefined || completion === null || compareDecimals(completion, '0') < 0) return undefined;
  const share = least(ONE, dividedBy(fractionOf(completion), fractionOf('100')));
  return rounded(times(share, fractionOf(points)), 2);
}
