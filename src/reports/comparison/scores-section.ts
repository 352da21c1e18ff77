import { YearComparison } from '../../figures/comparison';
import { ScoredLineFigures } from '../../figures/scores';
import { Block, Content, figure, paragraph, table, TableColumn } from '../document/block';
import { noteOfSum } from '../evaluation/notes';
import { explanationOf } from '../evaluation/score-explanation';
import { NOTHING } from '../evaluation/texts';

const COLUMNS: readonly TableColumn[] = [
  { title: '评分项', width: 4 },
  { title: '分值', width: 1, align: 'right' },
  { title: '起', width: 2, align: 'right' },
  { title: '止', width: 2, align: 'right' },
  { title: '止的依据与理由', width: 6 },
];

/** The lines of the template whose score or reason changed. */
export function scoresSection({ from, to }: YearComparison): readonly Block[] {
  const before = new Map(from.evaluation?.scores?.lines.map((line) => [line.line.code, line]));
  const after = to.evaluation?.scores?.lines.filter(({ score }) => score !== undefined) ?? [];
  if (after.length === 0) return [paragraph('止的时点没有分项得分。')];
  const changed = after.filter((line) => textOf(line) !== textOf(before.get(line.line.code)));
  if (changed.length === 0) return [paragraph('各评分项的得分与理由没有变化。')];
  return [
    table(
      '得分或理由有变化的评分项',
      COLUMNS,
      changed.map((line) => ({
        cells: [
          [line.line.name],
          [line.line.points],
          shown(before.get(line.line.code)),
          shown(line),
          [line.score === undefined ? NOTHING : explanationOf(line.line, line.score)],
        ],
      })),
    ),
  ];
}

function shown(line: ScoredLineFigures | undefined): Content {
  if (line?.score === undefined) return [NOTHING];
  const { applicable, score } = line.score;
  return [figure(applicable ? (score ?? NOTHING) : '不适用', noteOfSum(line.source, '变更'))];
}

const textOf = (line: ScoredLineFigures | undefined): string =>
  line?.score === undefined
    ? ''
    : `${String(line.score.applicable)} ${line.score.score ?? ''} ${explanationOf(line.line, line.score)}`;
