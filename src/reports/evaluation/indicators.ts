import { Directions, FirstLevels, SecondLevels, ValueQualifiers } from '../../features/indicators/choices';
import { IndicatorFigures } from '../../figures/indicators';
import { Block, Content, figure, heading, paragraph, Row, table, TableColumn } from '../document/block';
import { noteOf } from './notes';
import { nameOf, NOTHING } from './texts';

const COLUMNS: readonly TableColumn[] = [
  { title: '一级指标', width: 2 },
  { title: '二级指标', width: 2 },
  { title: '三级指标', width: 4 },
  { title: '指标值', width: 2, align: 'right' },
  { title: '实际完成值', width: 3, align: 'right' },
  {
    title: '完成率',
    width: 2,
    align: 'right',
    note: '按指标性质由实际完成值与指标值算出；没有指标值或不可计算的为“—”。',
  },
];

/** 部门整体绩效目标实现情况: each indicator with its qualifier and its completion. */
export function indicatorResults(indicators: readonly IndicatorFigures[]): readonly Block[] {
  const title = heading(4, '（1）部门整体绩效目标实现情况');
  if (indicators.length === 0) return [title, paragraph('账本没有记载该年度的指标。')];
  const withTarget = indicators.filter(({ target }) => target !== undefined).length;
  return [
    title,
    paragraph(
      `指标共 ${indicators.length} 项，其中有指标值的 ${withTarget} 项`,
      withTarget === indicators.length ? '。' : '；没有指标值的不计算完成率。',
    ),
    table('绩效指标完成情况', COLUMNS, byClass(indicators).map(rowOf)),
  ];
}

const rowOf = (indicator: IndicatorFigures): Row => ({
  cells: [
    [nameOf(FirstLevels, indicator.level1).replace('指标', '')],
    [nameOf(SecondLevels, indicator.level2).replace('指标', '')],
    [
      figure(`${indicator.name}（${indicator.code}）`, noteOf(indicator.defined)),
      indicator.retired ? '（已停用）' : '',
    ],
    targetOf(indicator),
    valueOf(indicator),
    [indicator.completion === null ? NOTHING : `${indicator.completion}%`],
  ],
});

const SYMBOLS: Readonly<Record<IndicatorFigures['direction'], string>> = {
  AT_LEAST: '≥',
  AT_MOST: '≤',
  EQUAL: '=',
  RANGE: '',
  QUALITATIVE: '',
};

export function targetOf({ direction, target, targetUpper, unit = '', targetSource }: IndicatorFigures): Content {
  if (direction === 'QUALITATIVE') return [nameOf(Directions, direction)];
  if (target === undefined) return [NOTHING];
  const text = targetUpper === undefined ? `${SYMBOLS[direction]}${target}` : `${target}～${targetUpper}`;
  return [figure(`${text}${unit}`, noteOf(targetSource))];
}

export function valueOf({ latest, unit = '', valueSource }: IndicatorFigures): Content {
  if (latest === undefined) return ['没有观测'];
  const { value, text = '', qualifier, observedOn } = latest;
  const prefix = qualifier === 'EQ' ? '' : nameOf(ValueQualifiers, qualifier);
  const shown = value === undefined ? text : `${prefix}${value}${unit}`;
  return [figure(shown, valueSource && `观测日 ${observedOn}，${noteOf(valueSource) ?? ''}`)];
}

const byClass = (indicators: readonly IndicatorFigures[]): readonly IndicatorFigures[] => {
  const [firsts, seconds] = [FirstLevels.values, SecondLevels.values];
  const placeOf = ({ level1, level2 }: IndicatorFigures): number =>
    firsts.indexOf(level1) * seconds.length + seconds.indexOf(level2);
  return [...indicators].sort((a, b) => placeOf(a) - placeOf(b) || (a.code < b.code ? -1 : 1));
};
