import { AuditView } from '../../audit/audit-view';
import { gradeOfView } from './grade';
import { EvaluationView } from './views';

export const auditViewOfEvaluation = (evaluation: EvaluationView): AuditView => ({
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
