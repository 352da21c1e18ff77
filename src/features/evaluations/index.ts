import { Feature } from '../feature';
import { evaluationEventTypes } from './events';
import { EvaluationMutations } from './graphql/mutations';
import { DepartmentEvaluationFields, EvaluationFields, EvaluationQueries, loadEvaluation } from './graphql/queries';
import { evaluationLineage } from './readings';
import { evaluationProjection } from './projection';

export const evaluations: Feature = {
  eventTypes: evaluationEventTypes,
  projection: evaluationProjection,
  lineage: evaluationLineage,
  resolvers: [EvaluationQueries, EvaluationFields, DepartmentEvaluationFields, EvaluationMutations],
  nodes: { EVALUATION: (scope, { code }) => loadEvaluation(scope, code) },
};
