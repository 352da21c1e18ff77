import { inputObject, ValueOf } from '../../input/field';
import { code, optional } from '../../input/fields';
import { allOf, is, isAnyOf } from '../../reading/entity-filter';
import { Loaded } from '../../reading/scope';
import { pagesOfTable } from '../../reading/tables/entities';
import { Table } from '../../reading/tables/table';
import { anyOfChoice, fiscalYearFilter } from '../shared/fields';
import { DEPARTMENTS, departmentsIn, REVISION_COLUMNS } from '../shared/table-columns';
import { FirstLevels, SecondLevels } from './choices';
import { completionRate } from './completion';
import { reached } from './reached';
import { indicatorLineage, indicatorReading } from './readings';
import { IndicatorView } from './views';

/** Which indicators a list or a table has, besides their departments. */
export const INDICATOR_FILTER = {
  fiscalYear: fiscalYearFilter,
  task: optional(
    code('仅限衡量该代码任务的指标；不填则不限。Only indicators that measure the task with this code; left out: all.'),
  ),
  level1: anyOfChoice(FirstLevels),
  level2: anyOfChoice(SecondLevels),
};

const FILTER = { ...DEPARTMENTS, ...INDICATOR_FILTER };

export const indicatorTable: Table<Loaded<IndicatorView>, ValueOf<typeof FILTER>> = {
  name: 'indicators',
  filter: inputObject('', '', FILTER),
  columns: [
    { name: 'code', type: 'TEXT', valueOf: ({ view }) => view.code },
    { name: 'department', type: 'TEXT', valueOf: ({ view }) => view.department },
    { name: 'fiscalYear', type: 'INTEGER', valueOf: ({ view }) => view.fiscalYear },
    { name: 'name', type: 'TEXT', valueOf: ({ view }) => view.name },
    { name: 'level1', type: 'TEXT', valueOf: ({ view }) => view.level1 },
    { name: 'level2', type: 'TEXT', valueOf: ({ view }) => view.level2 },
    { name: 'direction', type: 'TEXT', valueOf: ({ view }) => view.direction },
    { name: 'unit', type: 'TEXT', valueOf: ({ view }) => view.unit },
    { name: 'baseline', type: 'DECIMAL', valueOf: ({ view }) => view.baseline },
    { name: 'target', type: 'DECIMAL', valueOf: ({ view }) => view.target },
    { name: 'targetUpper', type: 'DECIMAL', valueOf: ({ view }) => view.targetUpper },
    { name: 'points', type: 'DECIMAL', valueOf: ({ view }) => view.points },
    { name: 'task', type: 'TEXT', valueOf: ({ view }) => view.task },
    { name: 'retired', type: 'BOOLEAN', valueOf: ({ view }) => view.retired },
    { name: 'completionRate', type: 'DECIMAL', valueOf: ({ view }) => completionRate(view) },
    { name: 'reached', type: 'BOOLEAN', valueOf: ({ view }) => reached(view) },
    { name: 'latestObservedOn', type: 'DATE', valueOf: ({ view }) => view.latest?.observedOn },
    { name: 'latestValue', type: 'DECIMAL', valueOf: ({ view }) => view.latest?.value },
    { name: 'latestText', type: 'TEXT', valueOf: ({ view }) => view.latest?.text },
    { name: 'latestQualifier', type: 'TEXT', valueOf: ({ view }) => view.latest?.qualifier },
    { name: 'latestSource', type: 'TEXT', valueOf: ({ view }) => view.latest?.source },
    { name: 'latestCorrected', type: 'BOOLEAN', valueOf: ({ view }) => view.latest?.corrected },
    { name: 'latestChange', type: 'TEXT', valueOf: ({ view }) => view.latest?.changeId },
    ...REVISION_COLUMNS,
  ],
  departments: departmentsIn,
  rows(scope, filter) {
    const { fiscalYear, task, level1, level2 } = filter;
    const condition = allOf<IndicatorView>(
      is(fiscalYear, (indicator) => indicator.fiscalYear),
      is(task, (indicator) => indicator.task),
      isAnyOf(level1, (indicator) => indicator.level1),
      isAnyOf(level2, (indicator) => indicator.level2),
    );
    return pagesOfTable(scope, indicatorReading, indicatorLineage, { departments: departmentsIn(filter), condition });
  },
};
