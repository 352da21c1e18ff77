import { documentLineage, yearCodesOf } from '../../reading/lineage';
import { auditViewOfEvaluation } from './audit-view';
import { evaluationReading } from './graphql/evaluation';

export const evaluationLineage = documentLineage({
  reading: evaluationReading,
  auditView: auditViewOfEvaluation,
  collection: 'EVALUATION',
  codesOf: yearCodesOf,
});
