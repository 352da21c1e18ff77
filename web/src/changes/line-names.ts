import { useQuestion } from '../api/questions';
import { ItemName } from '../entering/named-path';
import { LineNamesDocument } from '../generated/documents';

/** The names of the lines of a budget, which is named DEPARTMENT.YEAR. A path of the API has only their numbers. */
export type LineNames = (budget: string) => ItemName;

/** A budget is approved once with all of its lines, so a line has the same number at every moment. */
export function useLineNames(departments: readonly string[]): LineNames {
  const { data } = useQuestion(LineNamesDocument, { departments: [...departments] });
  const lines = new Map(
    data?.budgets?.nodes.map((budget) => [`${budget.department.code}.${budget.fiscalYear}`, budget.lines]),
  );
  return (budget) => (list, index) => (list === 'lines' ? lines.get(budget)?.[index]?.name : undefined);
}
