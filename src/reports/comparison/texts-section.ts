import { YearComparison } from '../../figures/comparison';
import { EvaluationFigures } from '../../figures/evaluation';
import { Source } from '../../figures/source';
import { Block, Content, figure, paragraph, table, TableColumn } from '../document/block';
import { noteOf } from '../evaluation/notes';
import { NOTHING } from '../evaluation/texts';

const COLUMNS: readonly TableColumn[] = [
  { title: '项目', width: 1 },
  { title: '起', width: 4 },
  { title: '止', width: 4 },
];

const TEXTS: readonly {
  readonly name: string;
  readonly read: (of: EvaluationFigures) => readonly [string, Source?];
}[] = [
  { name: '结论', read: ({ conclusion = '', conclusionSource }) => [conclusion, conclusionSource] },
  { name: '存在问题', read: ({ problems, problemsSource }) => [problems.join('\n'), problemsSource] },
  { name: '改进意见', read: ({ improvements, improvementsSource }) => [improvements.join('\n'), improvementsSource] },
];

/** The texts of the evaluation that changed. */
export function textsSection({ from, to }: YearComparison): readonly Block[] {
  const shown = (of: EvaluationFigures | undefined, { read }: (typeof TEXTS)[number]): Content => {
    const [text = '', source] = of === undefined ? [] : read(of);
    return text === '' ? [NOTHING] : [figure(text, noteOf(source))];
  };
  const plain = (of: EvaluationFigures | undefined, { read }: (typeof TEXTS)[number]) => of && read(of)[0];
  const changed = TEXTS.filter((text) => plain(from.evaluation, text) !== plain(to.evaluation, text));
  if (changed.length === 0) return [paragraph('结论、问题与改进意见没有变化。')];
  const rows = changed.map((text) => ({
    cells: [[text.name], shown(from.evaluation, text), shown(to.evaluation, text)],
  }));
  return [table('有变化的内容', COLUMNS, rows)];
}
