import { useSnapshot } from '../../api/questions';
import { Figure } from '../../blame/figure';
import { FieldSource } from '../../blame/figure-source';
import { pathOf } from '../../blame/paths';
import { YearTasksDocument, YearTasksQuery } from '../../generated/documents';
import { percentText } from '../../language/money';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { More, usePages } from '../../paging/pages';
import { showDay } from '../../session/ledger';
import { decimalKey } from '../../table/sorting';
import { Column, Table } from '../../table/table';
import { TASK_STATUSES } from '../../terms/tasks';
import { Year } from './year';
import { fileName } from './file-name';
import { TASK_TEXTS } from './texts';

type Task = NonNullable<NonNullable<YearTasksQuery['asOf']>['tasks']>['nodes'][number];

/** The tasks of the year with their milestones. */
export function Tasks({ year }: { readonly year: Year }) {
  const { after, pages } = usePages(year);
  const asked = useSnapshot(YearTasksDocument, { ...year, after });
  const title = say(TASK_TEXTS.title);
  return (
    <section>
      <Answered asked={asked}>
        {({ asOf }) => {
          const tasks = asOf?.tasks;
          if (!tasks || (tasks.nodes.length === 0 && after === undefined))
            return (
              <>
                <h2>{title}</h2>
                <Empty>{say(TASK_TEXTS.none)}</Empty>
              </>
            );
          return (
            <>
              <Table
                caption={title}
                columns={COLUMNS()}
                rows={tasks.nodes}
                keyOf={({ code }) => code}
                order={{ column: 'task', isDescending: false }}
                fileName={fileName(year, 'tasks')}
              />
              <More pages={pages} page={tasks.pageInfo} />
            </>
          );
        }}
      </Answered>
    </section>
  );
}

const source = ({ code }: Task, path: string): FieldSource => ({
  kind: 'field',
  entityType: 'TASK',
  entity: code,
  path,
});

const COLUMNS = (): readonly Column<Task>[] => [
  {
    name: 'task',
    title: say(TASK_TEXTS.task),
    cell: (task) => (
      <div class={task.parent === null ? 'task' : 'task is-part'}>
        <Figure label={task.code} text={task.title} source={source(task, '/title')} />{' '}
        <span class="quiet">{task.code}</span>
        {task.milestones.length > 0 && <Milestones task={task} />}
      </div>
    ),
    csv: { title: say(TASK_TEXTS.task), cell: ({ code, title }) => `${code} ${title}` },
    sortKey: ({ code }) => code,
  },
  {
    name: 'status',
    title: say(TASK_TEXTS.status),
    cell: (task) => (
      <span class="nowrap">
        <Figure
          label={`${task.code} · ${say(TASK_TEXTS.status)}`}
          text={say(TASK_STATUSES[task.status])}
          source={source(task, '/status')}
        />
        {task.overdue && <span class="tag bad">{say(TASK_TEXTS.overdue)}</span>}
      </span>
    ),
    csv: { title: say(TASK_TEXTS.status), cell: ({ status }) => say(TASK_STATUSES[status]) },
    sortKey: ({ status }) => status,
  },
  {
    name: 'progress',
    title: say(TASK_TEXTS.progress),
    isFigure: true,
    cell: (task) => (
      <>
        <meter class="progress-meter" min={0} max={100} value={Number(task.progress)} aria-hidden="true" />{' '}
        <Figure
          label={`${task.code} · ${say(TASK_TEXTS.progress)}`}
          text={percentText(task.progress)}
          source={source(task, '/progress')}
        />
      </>
    ),
    csv: { title: `${say(TASK_TEXTS.progress)} (%)`, cell: ({ progress }) => ({ number: progress }) },
    sortKey: ({ progress }) => decimalKey(progress),
  },
  {
    name: 'due',
    title: say(TASK_TEXTS.due),
    cell: ({ dueOn }) => dueOn && <span class="nowrap">{showDay(dueOn)}</span>,
    csv: { title: say(TASK_TEXTS.due), cell: ({ dueOn }) => dueOn },
    sortKey: ({ dueOn }) => dueOn,
  },
  {
    name: 'completed',
    title: say(TASK_TEXTS.completed),
    cell: (task) =>
      task.completedOn && (
        <span class="nowrap">
          <Figure
            label={`${task.code} · ${say(TASK_TEXTS.completed)}`}
            text={showDay(task.completedOn)}
            source={source(task, '/completedOn')}
          />
        </span>
      ),
    csv: { title: say(TASK_TEXTS.completed), cell: ({ completedOn }) => completedOn },
    sortKey: ({ completedOn }) => completedOn,
  },
];

const Milestones = ({ task }: { readonly task: Task }) => (
  <ul class="milestones" aria-label={say(TASK_TEXTS.milestones)}>
    {task.milestones.map(({ code, title, dueOn, reachedOn }) => (
      <li key={code} class={reachedOn === null ? 'open' : 'done'}>
        {title}
        {': '}
        <Figure
          label={title}
          text={reachedOn === null ? say(TASK_TEXTS.notReached) : `${say(TASK_TEXTS.reached)} ${showDay(reachedOn)}`}
          source={source(task, pathOf('milestones', code, 'reachedOn'))}
        />
        {dueOn !== null && (
          <span class="quiet">
            {' '}
            ({say(TASK_TEXTS.by)} {showDay(dueOn)})
          </span>
        )}
      </li>
    ))}
  </ul>
);
