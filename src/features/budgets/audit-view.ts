import { AuditView } from '../../audit/audit-view';
import { formatAmount } from '../../kernel/money';
import { BudgetLineView, BudgetView, carriedOutIn, derivedAmounts, TotalsView } from './views';

/** The budget and its lines, by code, as the API shows them. */
export const auditViewOfBudget = (view: BudgetView, lines: readonly AuditView[]): AuditView => ({
  department: { code: view.department },
  fiscalYear: view.fiscalYear,
  closed: view.closed,
  goals: view.goals,
  ...amounts(view),
  lines,
});

export function auditViewOfLine(view: BudgetLineView): AuditView {
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

const amounts = (view: TotalsView): AuditView => ({
  opening: view.opening,
  adjustment: view.adjustment,
  executed: view.executed,
  ...derivedAmounts(view),
  carriedOut: formatAmount(carriedOutIn(view)),
});
