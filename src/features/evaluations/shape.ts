import { Shape } from '../../audit/shape';
import { gradeOfView } from './grade';
import { EvaluationView } from './views';

export const shapeOfEvaluation = (evaluation: EvaluationView): Shape => ({
  department: { code: evaluation.department },
  fiscalYear: evaluation.fiscalYear,
  status: evaluation.status,
  round: evaluation.round,
  conclusion: evaluation.conclusion ?? null,
  selfScore: evaluation.selfScore ?? null,
  reviewScore: evaluation.reviewScore ?? null,
  grade: gradeOfView(evaluation) ?? null,
  problems: evaluation.problems,
  improvements: evaluation.improvements,
});
