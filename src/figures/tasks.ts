import { taskLineage, taskReading, TaskStatus } from '../features/tasks/readings';
import { longWork } from '../kernel/turns';
import { Lineages } from '../reading/lineage';
import { Scope } from '../reading/scope';
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
  lineages: Lineages,
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<readonly TaskFigures[]> {
  const codes = await taskLineage.codesOf(scope, department);
  const loaded = (await scope.entities(taskReading, codes)).filter(({ view }) => view.fiscalYear === fiscalYear);
  const found: TaskFigures[] = [];
  for await (const task of longWork.each(loaded, scope.services.work)) {
    const { code, title, parent, goal, status, progress, dueOn, completedOn } = task.view;
    const origins = await Origins.of(lineages, scope, task);
    const [planned, source] = [origins.at('/title'), origins.at('/status')];
    found.push({ code, title, parent, goal, status, progress, dueOn, completedOn, planned, source });
  }
  return found;
}
