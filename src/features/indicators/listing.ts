import { choice } from '../../input/choice';
import { isCode } from '../../kernel/codes';
import { Listing, Members } from '../../reading/lists/listing';
import { byDecimal } from '../../reading/lists/sort-fields';
import { orderInput, SortFields } from '../shared/list-arguments';
import { Completion, completionRate } from './completion';
import { ALL_INDICATORS, indicatorsOfDepartment, indicatorsOfTask } from './projection';
import { indicatorReading } from './readings';
import { IndicatorRecord } from './record';
import { IndicatorView } from './views';

export type IndicatorSummary = Pick<IndicatorView, 'department' | 'fiscalYear' | 'task' | 'level1' | 'level2'> &
  Completion;

export const indicatorListing: Listing<IndicatorRecord, IndicatorView, IndicatorSummary> = {
  reading: indicatorReading,
  isCode,
  summary: ({ department, fiscalYear, task, level1, level2, direction, target, targetUpper, latest }) => ({
    department,
    fiscalYear,
    task,
    level1,
    level2,
    direction,
    target,
    targetUpper,
    latest: latest && { value: latest.value },
  }),
  nameOf: ({ name }) => name,
};

const EVERY_INDICATOR: Members<IndicatorSummary> = { collection: ALL_INDICATORS, has: () => true };

/** The narrowest members among which all indicators of the department and the task are. */
export function indicatorsOf(department: string | undefined, task: string | undefined): Members<IndicatorSummary> {
  if (task !== undefined) return { collection: indicatorsOfTask(task), has: (indicator) => indicator.task === task };
  if (department === undefined) return EVERY_INDICATOR;
  return {
    collection: indicatorsOfDepartment(department),
    department,
    has: (indicator) => indicator.department === department,
  };
}

const IndicatorOrderFields = choice(
  'IndicatorOrderField',
  ['CODE', 'COMPLETION_RATE'],
  '指标的排列依据。What indicators can be ordered by.',
  {
    CODE: '代码。The code.',
    COMPLETION_RATE: '完成率；指标可以没有。The completion rate; an indicator may have none.',
  },
);

export const IndicatorOrder = orderInput('IndicatorOrder', IndicatorOrderFields);

export const indicatorSortFields: SortFields<(typeof IndicatorOrderFields.values)[number], IndicatorSummary> = {
  COMPLETION_RATE: byDecimal(completionRate),
};
