import { TaskStatuses } from '../../features/tasks/choices';
import { TaskFigures } from '../../figures/tasks';
import { Block, figure, heading, paragraph, Row, table, TableColumn } from '../document/block';
import { noteOf } from './notes';
import { nameOf, NOTHING } from './texts';

const COLUMNS: readonly TableColumn[] = [
  { title: '代码', width: 2 },
  { title: '任务', width: 6 },
  { title: '期限', width: 2 },
];

/** 年度总体工作和重点工作任务 */
export function tasksSection(tasks: readonly TaskFigures[]): readonly Block[] {
  const title = heading(2, '（二）年度总体工作和重点工作任务');
  if (tasks.length === 0) return [title, paragraph('账本没有记载该年度的任务。')];
  const main = mainTasks(tasks);
  return [
    title,
    paragraph(`重点工作任务 ${main.length} 项，连同分项共 ${tasks.length} 项。`),
    table('重点工作任务', COLUMNS, inTree(tasks).map(rowOf)),
  ];
}

const rowOf = ({ task, depth }: TaskInTree): Row => ({
  cells: [[figure(task.code, noteOf(task.planned))], [`${'　'.repeat(depth)}${task.title}`], [task.dueOn ?? NOTHING]],
  strong: depth === 0,
});

const DONE_COLUMNS: readonly TableColumn[] = [
  { title: '任务', width: 5 },
  { title: '状态', width: 2 },
  { title: '进度', width: 2, align: 'right' },
  { title: '完成日', width: 2 },
];

/** 重点工作完成情况 */
export function taskResults(tasks: readonly TaskFigures[]): readonly Block[] {
  const title = heading(4, '（2）重点工作完成情况');
  if (tasks.length === 0) return [title, paragraph('账本没有记载该年度的任务。')];
  const main = mainTasks(tasks);
  const done = main.filter(({ status }) => status === 'COMPLETED').length;
  return [
    title,
    paragraph(`重点工作任务 ${main.length} 项，已完成 ${done} 项。`),
    table(
      '重点工作完成情况',
      DONE_COLUMNS,
      inTree(tasks).map(({ task, depth }) => ({
        cells: [
          [`${'　'.repeat(depth)}${task.code} ${task.title}`],
          [figure(nameOf(TaskStatuses, task.status), noteOf(task.source))],
          [`${task.progress}%`],
          [task.completedOn ?? NOTHING],
        ],
        strong: depth === 0,
      })),
    ),
  ];
}

const mainTasks = (tasks: readonly TaskFigures[]): readonly TaskFigures[] => {
  const codes = new Set(tasks.map(({ code }) => code));
  return tasks.filter(({ parent }) => parent === undefined || !codes.has(parent));
};

interface TaskInTree {
  readonly task: TaskFigures;
  readonly depth: number;
}

/** Each task, then its parts. */
function inTree(tasks: readonly TaskFigures[]): readonly TaskInTree[] {
  const parts = new Map<string, TaskFigures[]>();
  for (const task of tasks) {
    if (task.parent !== undefined) parts.set(task.parent, [...(parts.get(task.parent) ?? []), task]);
  }
  const below = (task: TaskFigures, depth: number): readonly TaskInTree[] => [
    { task, depth },
    ...(parts.get(task.code) ?? []).flatMap((part) => below(part, depth + 1)),
  ];
  return mainTasks(tasks).flatMap((task) => below(task, 0));
}
