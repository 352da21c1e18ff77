import { ScoredLineFigures, ScoreFigures } from '../../figures/scores';
import { Block, Content, figure, paragraph, Row, table, TableColumn } from '../document/block';
import { noteOfSum } from './notes';
import { explanationOf } from './score-explanation';
import { NOTHING } from './texts';

const COLUMNS: readonly TableColumn[] = [
  { title: '评分项', width: 4 },
  { title: '分值', width: 1.1, align: 'right' },
  { title: '得分', width: 1.9, align: 'right' },
  { title: '评分方式', width: 1.8 },
  { title: '依据与理由', width: 6.2 },
];

/** 评分表: each line of the template with its score, and why it is so. */
export function scoreTable(scores: ScoreFigures | undefined): readonly Block[] {
  if (scores === undefined) return [paragraph('本次自评没有指定评分模板，没有分项得分。')];
  const { template, lines, total, submitted, scoredAt } = scores;
  const caption = `评分表：${template.name}（${template.code}，第 ${template.version} 版${template.unofficial ? '，非官方' : ''}）`;
  const sum: Row = { cells: [['总分'], ['100'], [total ?? NOTHING], [''], [totalText(scores)]], strong: true };
  return [
    paragraph(
      submitted
        ? `各行得分于提交时按账本位置 ${scoredAt} 计算并固定，以后的事实不改变它们。`
        : '自评尚未提交，各行得分按本报告的数据时点计算，提交前会变。',
    ),
    table(caption, COLUMNS, [...lines.map(rowOf), sum]),
  ];
}

function rowOf({ line, level, score, source }: ScoredLineFigures): Row {
  const name: Content = [`${'　'.repeat(level - 1)}${line.name}`];
  if (score === undefined) return { cells: [name, [line.points], [''], [''], ['']], strong: true };
  const shown = score.applicable ? (score.score ?? NOTHING) : '不适用';
  const by = score.source === 'COMPUTED' ? '规则计算' : '人工';
  return {
    cells: [name, [line.points], [figure(shown, noteOfSum(source, '变更'))], [by], [explanationOf(line, score)]],
  };
}

function totalText({ lines, total }: ScoreFigures): string {
  if (total === null) return '尚有适用的评分项没有得分，没有总分。';
  const applying = lines.filter(({ score }) => score?.applicable === true).map(({ line }) => line.points);
  const points = pointsOf(applying);
  return points === '100' ? '各项得分之和。' : `适用的评分项分值合计 ${points} 分，各项得分之和按 100 分折算。`;
}

/** Points have at most 2 decimals. */
function pointsOf(points: readonly string[]): string {
  const hundredths = points.reduce((total, each) => total + Math.round(Number(each) * 100), 0);
  return String(hundredths / 100);
}
