import { Feature } from '../feature';
import { evaluationEventTypes } from './events';
import { EvaluationMutations } from './graphql/mutations';
import { DepartmentEvaluationFields, EvaluationFields, EvaluationQueries, loadEvaluation } from './graphql/queries';
import { evaluationTracer } from './graphql/tracer';
import { evaluationProjection } from './projection';

export const evaluations: Feature = {
  eventTypes: evaluationEventTypes,
  projection: evaluationProjection,
  tracer: evaluationTracer,
  resolvers: [EvaluationQueries, EvaluationFields, DepartmentEvaluationFields, EvaluationMutations],
  nodes: { EVALUATION: (scope, { code }) => loadEvaluation(scope, code) },
};
