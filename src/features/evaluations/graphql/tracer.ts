import { plainTracer, yearCodesOf } from '../../../graphql/tracing';
import { shapeOfEvaluation } from '../shape';
import { evaluationReading } from './evaluation';

export const evaluationTracer = plainTracer({
  reading: evaluationReading,
  shape: shapeOfEvaluation,
  collection: 'EVALUATION',
  codesOf: yearCodesOf,
});
