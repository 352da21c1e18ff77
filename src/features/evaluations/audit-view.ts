import { AuditView } from '../../audit/audit-view';
import { LineScore } from '../../scoring/score-line';
import { gradeOfView } from './grade';
import { JudgementInForce } from './judgements';
import { EvaluationView } from './views';

/** The parts of scoring are left out without a template: of such an evaluation nothing has changed. */
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
  ...(evaluation.template === undefined ? {} : scoringOf(evaluation, evaluation.template)),
  ...(evaluation.revises === undefined ? {} : { revises: evaluation.revises }),
});

/** While the evaluation is open, the scores are what people said: no change of it sets what is computed. */
function scoringOf(
  { scored, judgements = [] }: EvaluationView,
  { code, version }: NonNullable<EvaluationView['template']>,
): AuditView {
  return {
    template: { code, version },
    scores: scored === undefined ? judgements.map(auditViewOfJudgement) : scored.lines.map(auditViewOfScore),
    computedScore: scored?.total ?? null,
  };
}

const auditViewOfScore = (score: LineScore): AuditView => ({
  code: score.line,
  score: score.score ?? null,
  applicable: score.applicable,
  scoredBy: score.source,
  inputs: score.inputs,
  reason: score.reason ?? null,
  deviationReason: score.deviationReason ?? null,
  improvement: score.improvement ?? null,
});

const auditViewOfJudgement = (judgement: JudgementInForce): AuditView => ({
  code: judgement.line,
  score: judgement.score ?? null,
  applicable: !judgement.notApplicable,
  met: judgement.met ?? null,
  reason: judgement.reason ?? null,
  deviationReason: judgement.deviationReason ?? null,
  improvement: judgement.improvement ?? null,
});
