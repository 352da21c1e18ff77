import { yearCode } from '../../kernel/codes';
import { Projection } from '../../projector/projection';
import { Membership } from '../../read-model/temporal-store';
import { inFiscalYear } from '../shared/fiscal-years';
import { evaluationFold, EvaluationRecord } from './record';
import { viewEvaluation } from './views';

export const evaluationProjection: Projection<EvaluationRecord> = {
  ...evaluationFold,
  project(record, event) {
    const { department, fiscalYear } = record;
    return {
      department,
      fiscalYear,
      state: viewEvaluation(record),
      members: event.type === 'EvaluationOpened' ? membersOf(record) : [],
    };
  },
};

const membersOf = ({ department, fiscalYear }: EvaluationRecord): readonly Membership[] => [
  { collection: 'EVALUATION', code: yearCode(department, fiscalYear) },
  inFiscalYear(department, fiscalYear),
];
