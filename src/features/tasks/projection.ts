import { Projection } from '../../projector/projection';
import { Membership } from '../../read-model/temporal-store';
import { inFiscalYear } from '../shared/fiscal-years';
import { taskEventOf, TaskPlanned } from './events';
import { taskFold, TaskRecord } from './record';
import { viewTask } from './views';

export const TASKS = 'TASK';
export const tasksOf = (department: string): string => `TASK/${department}`;
export const subtasksOf = (parent: string): string => `SUBTASK/${parent}`;

export const taskProjection: Projection<TaskRecord> = {
  ...taskFold,
  project(record, stored) {
    const event = taskEventOf(stored);
    const { department, fiscalYear } = record.founding;
    const members = event.type === 'TaskPlanned' ? membershipsOf(event.data) : [];
    return { department, fiscalYear, state: viewTask(record), members };
  },
};

const membershipsOf = ({ code, department, fiscalYear, parent }: TaskPlanned): readonly Membership[] => [
  { collection: TASKS, code },
  { collection: tasksOf(department), code },
  inFiscalYear(department, fiscalYear),
  ...(parent === undefined ? [] : [{ collection: subtasksOf(parent), code }]),
];
