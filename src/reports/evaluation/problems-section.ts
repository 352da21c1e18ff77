import { EvaluationFigures } from '../../figures/evaluation';
import { Source } from '../../figures/source';
import { Block, figure, heading, list, paragraph } from '../document/block';
import { noteOf } from './notes';

/** 存在问题及改进意见 */
export function problemsSection(evaluation: EvaluationFigures | undefined): readonly Block[] {
  const { problems = [], problemsSource, improvements = [], improvementsSource } = evaluation ?? {};
  return [
    heading(2, '（三）部门整体支出绩效管理存在问题及改进意见'),
    ...numbered('存在问题', problems, problemsSource),
    ...numbered('改进意见', improvements, improvementsSource),
  ];
}

function numbered(name: string, texts: readonly string[], source: Source | undefined): readonly Block[] {
  if (texts.length === 0) return [paragraph(`账本没有记载${name}。`)];
  return [
    paragraph(name, figure(`${texts.length} 项`, noteOf(source)), '：'),
    list(texts.map((text, index) => [`${index + 1}．${text}`])),
  ];
}
