import { mutationsOf } from '../../graphql/action-mutations';
import { Feature } from '../feature';
import { indicatorActions } from './actions';
import { indicatorEventTypes } from './events';
import { IndicatorPayload } from './graphql/indicator';
import {
  DepartmentIndicatorFields,
  IndicatorFields,
  IndicatorQueries,
  loadIndicator,
  loadObservation,
  TaskIndicatorFields,
} from './graphql/queries';
import { indicatorProjection } from './projection';
import { indicatorLineage } from './readings';
import { INDICATOR_RULES } from './rules';
import { indicatorTable } from './table';
import { IndicatorView } from './views';

export const indicators: Feature = {
  entity: {
    type: 'INDICATOR',
    category: 'indicator',
    description: '绩效指标。A performance indicator of a department, named by its code.',
  },
  eventTypes: indicatorEventTypes,
  projection: indicatorProjection,
  lineage: indicatorLineage,
  homes: {
    documents: { INDICATOR: (state) => (state as IndicatorView).department },
    collections: { INDICATOR: 'PARTS', 'INDICATOR/': 'NAME', 'TASK_INDICATOR/': { documents: 'INDICATOR' } },
  },
  rules: INDICATOR_RULES,
  actions: indicatorActions,
  nodes: {
    INDICATOR: { load: (scope, { code }) => loadIndicator(scope, code) },
    OBSERVATION: { isPart: true, load: loadObservation },
  },
  tables: [indicatorTable],
  resolvers: [
    IndicatorQueries,
    IndicatorFields,
    DepartmentIndicatorFields,
    TaskIndicatorFields,
    mutationsOf(indicatorActions, IndicatorPayload),
  ],
};
