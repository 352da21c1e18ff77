import { taskProjection } from '../../../src/features/tasks/projection';
import { viewTask } from '../../../src/features/tasks/views';
import { completed, logged, planned, recordOf, reported, TaskFact } from './history';

const projected = (...facts: TaskFact[]) => taskProjection.project(recordOf(...facts), logged(facts).at(-1)!);

test('the document is the task as on record', () => {
  const facts = [planned(), reported('60', '2023-05-01'), reported('30', '2023-03-01')];
  expect(projected(...facts)).toMatchObject({
    department: 'D1',
    fiscalYear: 2023,
    state: viewTask(recordOf(...facts)),
  });
});

test('planning lists the task with all tasks and with those of its department, and lists the year for the department', () => {
  expect(projected(planned()).members).toEqual([
    { collection: 'TASK', code: 'T1' },
    { collection: 'TASK/D1', code: 'T1' },
    { collection: 'FISCAL_YEAR/D1', code: '2023' },
  ]);
});

test('a subtask is also listed with those of its parent', () => {
  expect(projected(planned({ parent: 'T0' })).members).toContainEqual({ collection: 'SUBTASK/T0', code: 'T1' });
});

test('no later fact changes the lists that hold the task', () => {
  expect(projected(planned(), completed('2023-03-01')).members).toEqual([]);
});
