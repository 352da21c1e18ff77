import { GoalsPart, NotesPart, TasksPart } from '../../forms/layouts/layout';
import { EvaluationFigures } from '../../figures/evaluation';
import { TaskFigures } from '../../figures/tasks';
import { YearFigures } from '../../figures/year-figures';
import { textCell } from '../formats/xlsx/sheet';
import { TablePlace } from './table-place';

const lines = (texts: readonly string[]): string => texts.join('\n');

/** What was to be reached beside what was: the goals, and the conclusion of the evaluation. */
export function addGoals({ part, builder }: TablePlace<GoalsPart>, { budget, evaluation }: YearFigures): void {
  const texts = [
    [part.expected.title, lines(budget?.goals ?? [])],
    [part.achieved.title, evaluation?.conclusion ?? ''],
  ] as const;
  for (const [title, text] of texts) addLabelled(builder, title, text);
}

/** The main tasks with their parts. The ledger keeps no money by task. */
export function addTasks(place: TablePlace<TasksPart>, tasks: readonly TaskFigures[]): void {
  for (const task of tasks.filter(({ parent }) => parent === undefined)) {
    const parts = tasks.filter(({ parent }) => parent === task.code).map(({ title }) => title);
    place.addRow({ name: textCell(task.title), content: textCell(lines(parts)), code: textCell(task.code) }, {});
  }
}

/** Texts of the evaluation, by the label of the form. */
const NOTES: Readonly<Record<string, (of: EvaluationFigures) => string>> = {
  评价结论: ({ conclusion = '' }) => conclusion,
  存在问题: ({ problems }) => lines(problems),
  改进措施: ({ improvements }) => lines(improvements),
  偏差: ({ scores }) =>
    lines(
      scores?.lines.flatMap(({ line, score }) =>
        score?.deviationReason ? [`${line.name}：${score.deviationReason}`] : [],
      ) ?? [],
    ),
  整改措施及建议: ({ improvements }) => lines(improvements),
  其他需说明问题: ({ problems }) => lines(problems),
};

export function addNotes({ part, builder }: TablePlace<NotesPart>, evaluation: EvaluationFigures | undefined): void {
  for (const { title } of part.notes) {
    const read = NOTES[title];
    addLabelled(builder, title, evaluation === undefined || read === undefined ? '' : read(evaluation));
  }
}

/** A label, and the text to its right over the other columns. */
export function addLabelled(builder: TablePlace<GoalsPart>['builder'], title: string, text: string): void {
  const label = { column: 0, style: 'head', content: textCell(title) } as const;
  builder.addWide(1, builder.lastShown, { style: 'text', content: textCell(text) }, [label]);
}
