import { taskProjection } from '../../../src/features/tasks/projection';
import { viewTask } from '../../../src/features/tasks/views';
import { completed, logged, planned, recordOf, reported, Told } from './history';

const projected = (...facts: Told[]) => taskProjection.project(recordOf(...facts), logged(facts).at(-1)!);

test('the document is the task as on record', () => {
  const facts = [planned(), reported('60', '2023-05-01'), reported('30', '2023-03-01')];
  expect(projected(...facts)).toMatchObject({
    department: 'D1',
    fiscalYear: 2023,
    state: viewTask(recordOf(...facts)),
  });
});

test('planning puts the task among all, and among those of its department, and makes the year one of the department', () => {
  expect(projected(planned()).members).toEqual([
    { collection: 'TASK', code: 'T1' },
    { collection: 'TASK/D1', code: 'T1' },
    { collection: 'FISCAL_YEAR/D1', code: '2023' },
  ]);
});

test('a subtask is also among those of its parent', () => {
  expect(projected(planned({ parent: 'T0' })).members).toContainEqual({ collection: 'SUBTASK/T0', code: 'T1' });
});

test('no later fact changes where the task is listed', () => {
  expect(projected(planned(), completed('2023-03-01')).members).toEqual([]);
});
