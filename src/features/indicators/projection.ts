import { Projection } from '../../projector/projection';
import { Membership } from '../../read-model/temporal-store';
import { inFiscalYear } from '../shared/fiscal-years';
import { IndicatorDefined } from './events';
import { indicatorFold, IndicatorRecord } from './record';
import { viewIndicator } from './views';

export const ALL_INDICATORS = 'INDICATOR';
export const indicatorsOfDepartment = (department: string): string => `INDICATOR/${department}`;
export const indicatorsOfTask = (task: string): string => `TASK_INDICATOR/${task}`;

export const indicatorProjection: Projection<IndicatorRecord> = {
  ...indicatorFold,
  project(record, event) {
    const { founding } = record;
    return {
      department: founding.department,
      fiscalYear: founding.fiscalYear,
      state: viewIndicator(record),
      members: event.type === 'IndicatorDefined' ? membersOf(founding) : [],
    };
  },
};

const membersOf = ({ code, department, fiscalYear, task }: IndicatorDefined): readonly Membership[] => [
  { collection: ALL_INDICATORS, code },
  { collection: indicatorsOfDepartment(department), code },
  inFiscalYear(department, fiscalYear),
  ...(task === undefined ? [] : [{ collection: indicatorsOfTask(task), code }]),
];
