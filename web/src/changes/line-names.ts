import { useList } from '../api/use-list';
import { ItemName } from '../entering/named-path';
import { LineNamesDocument } from '../generated/documents';
import { lineText } from '../terms/lines';

/** The names of the lines of a budget, which is named DEPARTMENT.YEAR. A path of the API has only their numbers. */
export type LineNames = (budget: string) => ItemName;

/** A budget is approved once with all of its lines, so a line has the same number at every moment. */
export function useLineNames(departments: readonly string[]): LineNames {
  const { data } = useList(
    departments.length === 0
      ? undefined
      : {
          document: LineNamesDocument,
          variables: { departments: [...departments] },
          pageIn: ({ budgets }) => budgets,
          most: Infinity,
        },
  );
  const lines = new Map(data?.nodes.map((budget) => [`${budget.department.code}.${budget.fiscalYear}`, budget.lines]));
  return (budget) => (list, index) => {
    const line = list === 'lines' ? lines.get(budget)?.[index] : undefined;
    return line && lineText(line);
  };
}
