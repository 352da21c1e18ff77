import { taskLineage, taskReading, TaskStatus } from '../features/tasks/readings';
import { longWork } from '../kernel/turns';
import { Scope } from '../reading/scope';
import { FigureTerms, requireShort } from './bounds';
import { Origins } from './origins';
import { Source } from './source';

export interface TaskFigures {
  readonly code: string;
  readonly title: string;
  readonly parent?: string;
  readonly goal?: string;
  readonly status: TaskStatus;
  readonly progress: string;
  readonly dueOn?: string;
  readonly completedOn?: string;
  /** Of its plan. */
  readonly planned?: Source;
  /** Of its status. */
  readonly source?: Source;
}

/** By code. */
export async function readTasks(
  terms: FigureTerms,
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<readonly TaskFigures[]> {
  const codes = await taskLineage.codesOf(scope, department);
  const all = await scope.entities(taskReading, codes);
  const loaded = requireShort(
    all.filter(({ view }) => view.fiscalYear === fiscalYear),
    'tasks',
    terms,
  );
  const found: TaskFigures[] = [];
  for await (const task of longWork.each(loaded, scope.services.work)) {
    const { code, title, parent, goal, status, progress, dueOn, completedOn } = task.view;
    const origins = await Origins.of(terms.lineages, scope, task);
    const [planned, source] = [origins.at('/title'), origins.at('/status')];
    found.push({ code, title, parent, goal, status, progress, dueOn, completedOn, planned, source });
  }
  return found;
}
