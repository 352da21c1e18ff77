import { Shape } from '../../audit/shape';
import { BudgetLineView, BudgetView, derivedAmounts, TotalsView } from './views';

/** The budget and its lines, by code, as the API shows them. */
export const shapeOfBudget = (view: BudgetView, lines: readonly Shape[]): Shape => ({
  department: { code: view.department },
  fiscalYear: view.fiscalYear,
  closed: view.closed,
  goals: view.goals,
  ...amounts(view),
  lines,
});

export function shapeOfLine(view: BudgetLineView): Shape {
  const { code, name, fundSource, vintage, expenditureKind, functionCode, economicCode, projectCode } = view.definition;
  return {
    code,
    name,
    fundSource,
    vintage,
    expenditureKind,
    functionCode: functionCode ?? null,
    economicCode: economicCode ?? null,
    projectCode: projectCode ?? null,
    ...amounts(view),
  };
}

const amounts = ({ opening, adjustment, executed }: TotalsView): Shape => ({
  opening,
  adjustment,
  executed,
  ...derivedAmounts({ opening, adjustment, executed }),
});
