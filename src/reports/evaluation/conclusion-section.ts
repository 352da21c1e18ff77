import { EvaluationStatuses, Grades } from '../../features/evaluations/choices';
import { EvaluationFigures } from '../../figures/evaluation';
import { ScoreFigures } from '../../figures/scores';
import { Block, figure, heading, paragraph } from '../document/block';
import { noteOf, noteOfRule } from './notes';
import { scoreTable } from './score-table';
import { nameOf } from './texts';

/** 自评结论 */
export function conclusionSection(evaluation: EvaluationFigures | undefined): readonly Block[] {
  const title = heading(2, '（一）自评结论');
  if (evaluation === undefined) return [title, paragraph('账本没有该年度的自评。')];
  const { conclusion, conclusionSource, scores, status, round } = evaluation;
  return [
    title,
    ...(conclusion === undefined ? [] : [paragraph(figure(conclusion, noteOf(conclusionSource)))]),
    paragraph(...selfScore(evaluation), ...reviewScore(evaluation), ...grade(evaluation), '。'),
    ...(scores === undefined ? [] : [computedScore(scores)]),
    paragraph(`自评状态：${nameOf(EvaluationStatuses, status)}，第 ${round} 轮。`),
    ...scoreTable(scores),
  ];
}

const selfScore = ({ selfScore: score, selfScoreSource }: EvaluationFigures) =>
  score === undefined ? ['尚无自评得分'] : ['自评得分 ', figure(score, noteOf(selfScoreSource)), ' 分'];

const reviewScore = ({ reviewScore: score, reviewScoreSource }: EvaluationFigures) =>
  score === undefined ? ['，没有复核得分'] : ['，复核得分 ', figure(score, noteOf(reviewScoreSource)), ' 分'];

function grade({ grade: found, reviewScore: review, reviewScoreSource, selfScoreSource }: EvaluationFigures) {
  if (found === undefined) return [];
  const [name, source] = review === undefined ? ['自评得分', selfScoreSource] : ['复核得分', reviewScoreSource];
  return ['，等级 ', figure(nameOf(Grades, found), noteOfRule(`按${name}，保留两位小数后定级`, noteOf(source)))];
}

function computedScore({ total, template }: ScoreFigures): Block {
  const name = `评分模板“${template.name}”${template.unofficial ? '（非官方）' : ''}`;
  if (total === null) return paragraph(`按${name}：尚有适用的评分项没有得分，没有合计。`);
  return paragraph(
    `按${name}计算的得分 `,
    figure(total, noteOfRule('评分表各行得分之和，按适用的分值折算为 100 分')),
    ' 分。它与自评得分并列，互不推算。',
  );
}
