import { useList } from '../../api/use-list';
import { current, useQuestion } from '../../api/questions';
import { useDepartments } from '../../changes/departments';
import { Option } from '../../entering/field';
import { BudgetLinesDocument, DepartmentIndicatorsDocument, DepartmentTasksDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { formatYuan, UNIT_TEXTS } from '../../language/money';
import { mayWriteIn } from '../../session/viewer';
import { lineText } from '../../terms/lines';
import { RECORD_TEXTS as TEXTS } from './texts';

type Options = readonly Option[] | undefined;

export interface DepartmentChoice {
  readonly departments: Options;
  readonly yearsOf: (department: string) => Options;
}

/** The departments that the person may write in, and the years that they have something of. */
export function useDepartmentChoice(): DepartmentChoice {
  const nodes = current(useDepartments())?.nodes.filter(({ code }) => mayWriteIn(code));
  return {
    departments: nodes?.map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
    yearsOf: (department) =>
      nodes
        ?.find(({ code }) => code === department)
        ?.fiscalYears.map((year) => ({ value: String(year), text: String(year) }))
        .reverse(),
  };
}

/** The lines of a budget in the order of the API, and what each has left. */
export function useLines(department: string, fiscalYear: string) {
  const data = current(useQuestion(BudgetLinesDocument, { department, fiscalYear: Number(fiscalYear) }));
  const isKnown = department !== '' && fiscalYear !== '';
  const budget = isKnown ? data?.budget : undefined;
  const options: Options = budget?.lines.map((line) => ({
    value: line.code,
    text: `${lineText(line)} · ${say(TEXTS.remaining)} ${formatYuan(line.remaining, 'YUAN')} ${say(UNIT_TEXTS.YUAN)}`,
  }));
  return {
    options,
    itemName: (list: string, index: number) => {
      const line = list === 'lines' ? budget?.lines[index] : undefined;
      return line && lineText(line);
    },
  };
}

/** More could not be chosen from. */
const MOST = 10_000;

export function useTasks(department: string): Options {
  const list = current(
    useList(
      department === ''
        ? undefined
        : { document: DepartmentTasksDocument, variables: { department }, pageIn: ({ tasks }) => tasks, most: MOST },
    ),
  );
  return list?.nodes
    .filter(({ status }) => status === 'PLANNED' || status === 'IN_PROGRESS')
    .map(({ code, title, progress }) => ({ value: code, text: `${code} ${title} · ${progress}%` }));
}

export function useIndicators(department: string): Options {
  const list = current(
    useList(
      department === ''
        ? undefined
        : {
            document: DepartmentIndicatorsDocument,
            variables: { department },
            pageIn: ({ indicators }) => indicators,
            most: MOST,
          },
    ),
  );
  return list?.nodes
    .filter(({ retired }) => !retired)
    .map(({ code, name, unit }) => ({ value: code, text: `${code} ${name}${unit === null ? '' : ` (${unit})`}` }));
}
