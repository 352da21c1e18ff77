import { documentLineage } from '../../reading/lineage';
import { Reading } from '../../reading/scope';
import { yearCodesOf } from '../shared/fiscal-years';
import { auditViewOfEvaluation } from './audit-view';
import { evaluationFold, EvaluationRecord } from './record';
import { EvaluationView, viewEvaluation } from './views';

export const evaluationReading: Reading<EvaluationRecord, EvaluationView> = { ...evaluationFold, view: viewEvaluation };

export const evaluationLineage = documentLineage({
  reading: evaluationReading,
  auditView: auditViewOfEvaluation,
  collection: 'EVALUATION',
  codesOf: yearCodesOf,
});

export { changesBehind } from './changes-behind';
export { gradeOf } from './grade';
export { scoredLines } from './scoring-basis';
export { scoresAsSubmitted, shownScores, trialScores } from './shown-scores';
export type { Grade } from './grade';
export type { EvaluationStatus } from './record';
export type { ShownScores } from './shown-scores';
export type { EvaluationView };
