import { FieldSource } from '../../blame/figure-source';
import { YearEvaluationQuery } from '../../generated/documents';
import { Year } from './year';

export type EvaluationOfYear = NonNullable<NonNullable<YearEvaluationQuery['asOf']>['evaluation']>;

/** Where a figure of the evaluation comes from. Without a path, it is computed from the whole of it. */
export const evaluationField = ({ department, fiscalYear }: Year, path?: string): FieldSource => ({
  kind: 'field',
  entityType: 'EVALUATION',
  entity: `${department}.${String(fiscalYear)}`,
  path,
});
