import { mutationsOf } from '../../graphql/action-mutations';
import { Feature } from '../feature';
import { evaluationActions } from './actions';
import { evaluationEventTypes } from './events';
import { EvaluationPayload } from './graphql/evaluation';
import { DepartmentEvaluationFields, EvaluationFields, EvaluationQueries, loadEvaluation } from './graphql/queries';
import { LineScoreFields } from './graphql/line-score';
import { EvaluationScoringFields, PublishedRoundFields } from './graphql/scoring-fields';
import { DepartmentTrialFields } from './graphql/trial';
import { evaluationProjection } from './projection';
import { evaluationLineage } from './readings';
import { EVALUATION_RULES } from './rules';
import { evaluationTable } from './table';

export const evaluations: Feature = {
  entity: {
    type: 'EVALUATION',
    category: 'evaluation',
    description: '绩效自评。The self-evaluation of a department for one fiscal year, named DEPARTMENT.YEAR.',
  },
  eventTypes: evaluationEventTypes,
  projection: evaluationProjection,
  lineage: evaluationLineage,
  homes: {
    documents: { EVALUATION: 'CODE' },
    collections: { EVALUATION: 'MEMBERS' },
  },
  rules: EVALUATION_RULES,
  actions: evaluationActions,
  nodes: { EVALUATION: { load: (scope, { code }) => loadEvaluation(scope, code) } },
  tables: [evaluationTable],
  resolvers: [
    EvaluationQueries,
    EvaluationFields,
    EvaluationScoringFields,
    LineScoreFields,
    PublishedRoundFields,
    DepartmentEvaluationFields,
    DepartmentTrialFields,
    mutationsOf(evaluationActions, EvaluationPayload),
  ],
};
