import { YearComparison } from '../../figures/comparison';
import { Block, figure, paragraph, table, TableColumn } from '../document/block';
import { CHANGE_NAMES } from '../evaluation/change-names';
import { noteOf } from '../evaluation/notes';
import { NOTHING } from '../evaluation/texts';

const COLUMNS: readonly TableColumn[] = [
  { title: '位置', width: 2, align: 'right' },
  { title: '登记日', width: 2 },
  { title: '变更', width: 3 },
  { title: '对象', width: 3 },
  { title: '经办人', width: 2 },
  { title: '文号与理由', width: 6 },
];

/** Each change that makes a difference between the moments, with its document and its reason. */
export function changesSection({ changes }: YearComparison): readonly Block[] {
  if (changes.length === 0) return [paragraph('两个时点之间没有影响本年度的变更。')];
  return [
    paragraph(`两个时点的差别由以下 ${changes.length} 项变更造成。`),
    table(
      '变更及其原因',
      COLUMNS,
      changes.map(({ type, entity, recordedOn, actor, source }) => ({
        cells: [
          [figure(source.position, noteOf(source))],
          [recordedOn],
          [CHANGE_NAMES[type] ?? type],
          [entity],
          [actor],
          [[source.documentNo, source.reason].filter((text) => text !== undefined).join('：') || NOTHING],
        ],
      })),
    ),
  ];
}
