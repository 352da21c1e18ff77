import { isYearCode } from '../../kernel/codes';
import { Listing, Members } from '../../reading/lists/listing';
import { evaluationReading } from './readings';
import { EvaluationRecord } from './record';
import { EvaluationView } from './views';

export type EvaluationSummary = Pick<EvaluationView, 'fiscalYear' | 'status'>;

export const evaluationListing: Listing<EvaluationRecord, EvaluationView, EvaluationSummary> = {
  reading: evaluationReading,
  isCode: isYearCode,
  summary: ({ fiscalYear, status }) => ({ fiscalYear, status }),
};

export const ALL_EVALUATIONS: Members<EvaluationSummary> = { collection: 'EVALUATION', has: () => true };
