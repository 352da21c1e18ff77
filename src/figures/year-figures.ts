import { BudgetFigures } from './budget';
import { DepartmentFigures } from './department';
import { EvaluationFigures } from './evaluation';
import { IndicatorFigures } from './indicators';
import { Moment } from './moment';
import { TaskFigures } from './tasks';

/** What the ledger holds of one department's fiscal year, as of one moment, with the source of each figure. */
export interface YearFigures {
  readonly moment: Moment;
  readonly fiscalYear: number;
  readonly department: DepartmentFigures;
  readonly budget?: BudgetFigures;
  readonly tasks: readonly TaskFigures[];
  readonly indicators: readonly IndicatorFigures[];
  readonly evaluation?: EvaluationFigures;
}
