import { Feature } from '../feature';
import { indicatorEventTypes } from './events';
import { IndicatorMutations } from './graphql/mutations';
import {
  DepartmentIndicatorFields,
  IndicatorFields,
  IndicatorQueries,
  loadIndicator,
  loadObservation,
  TaskIndicatorFields,
} from './graphql/queries';
import { indicatorLineage } from './readings';
import { indicatorProjection } from './projection';

export const indicators: Feature = {
  eventTypes: indicatorEventTypes,
  projection: indicatorProjection,
  lineage: indicatorLineage,
  resolvers: [IndicatorQueries, IndicatorFields, DepartmentIndicatorFields, TaskIndicatorFields, IndicatorMutations],
  nodes: { INDICATOR: (scope, { code }) => loadIndicator(scope, code), OBSERVATION: loadObservation },
};
