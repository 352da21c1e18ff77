import { EvaluationFigures } from '../../figures/evaluation';
import { Block, figure, heading, paragraph, table, TableColumn } from '../document/block';
import { noteOf } from './notes';
import { CHANGE_NAMES } from './change-names';
import { NOTHING } from './texts';

const COLUMNS: readonly TableColumn[] = [
  { title: '登记日', width: 2 },
  { title: '步骤', width: 2 },
  { title: '经办人', width: 2 },
  { title: '文号与说明', width: 6 },
];

/** 其他自评情况: the course of the evaluation. */
export function otherSection(evaluation: EvaluationFigures | undefined): readonly Block[] {
  const title = heading(1, '三、其他自评情况');
  if (evaluation === undefined) return [title, paragraph('无。')];
  const { revises, steps } = evaluation;
  return [
    title,
    ...(revises === undefined ? [] : [paragraph(`本轮修订已公开的第 ${revises} 轮。`)]),
    table(
      '自评过程',
      COLUMNS,
      steps.map(({ type, recordedOn, actor, source }) => ({
        cells: [
          [recordedOn],
          [figure(CHANGE_NAMES[type] ?? type, noteOf(source))],
          [actor],
          [[source.documentNo, source.reason].filter((text) => text !== undefined).join('：') || NOTHING],
        ],
      })),
    ),
  ];
}
