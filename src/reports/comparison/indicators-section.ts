import { YearComparison } from '../../figures/comparison';
import { IndicatorFigures } from '../../figures/indicators';
import { Block, Content, paragraph, table, TableColumn } from '../document/block';
import { targetOf, valueOf } from '../evaluation/indicators';
import { NOTHING } from '../evaluation/texts';
import { textOf } from './totals-section';

const COLUMNS: readonly TableColumn[] = [
  { title: '指标', width: 4 },
  { title: '指标值（起）', width: 2, align: 'right' },
  { title: '指标值（止）', width: 2, align: 'right' },
  { title: '完成值（起）', width: 3, align: 'right' },
  { title: '完成值（止）', width: 3, align: 'right' },
];

/** The indicators whose target or value changed, that were added, or that were retired. */
export function indicatorsSection({ from, to }: YearComparison): readonly Block[] {
  const before = new Map(from.indicators.map((indicator) => [indicator.code, indicator]));
  const changed = to.indicators.filter((indicator) => summaryOf(indicator) !== summaryOf(before.get(indicator.code)));
  if (changed.length === 0) return [paragraph('指标没有变化。')];
  return [
    table(
      '有变化的指标',
      COLUMNS,
      changed.map((indicator) => {
        const { code, name, retired } = indicator;
        const earlier = before.get(code);
        return {
          cells: [
            [`${name}（${code}）${retired ? '（已停用）' : ''}${earlier === undefined ? '（新增）' : ''}`],
            earlier === undefined ? [NOTHING] : targetOf(earlier),
            targetOf(indicator),
            earlier === undefined ? [NOTHING] : valueOf(earlier),
            valueOf(indicator),
          ],
        };
      }),
    ),
  ];
}

function summaryOf(indicator: IndicatorFigures | undefined): string {
  if (indicator === undefined) return '';
  const parts: readonly Content[] = [targetOf(indicator), valueOf(indicator)];
  return [indicator.name, ...parts.map(textOf), indicator.points, indicator.retired].join(' ');
}
