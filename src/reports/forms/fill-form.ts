import { FormLayout, FormPart, HeaderFieldName } from '../../forms/layouts/layout';
import { LineFigures } from '../../figures/budget';
import { YearFigures } from '../../figures/year-figures';
import { Sheet, textCell } from '../formats/xlsx/sheet';
import { sheetColumns } from './columns';
import { addFunds } from './funds';
import { addIndicators } from './indicators';
import { SheetBuilder } from './sheet-builder';
import { TablePlace } from './table-place';
import { addGoals, addLabelled, addNotes, addTasks } from './texts';

/** A form filled with the figures of a year. With a line of the budget, it is about the project of that line. */
export function filledForm(layout: FormLayout, year: YearFigures, project?: LineFigures): readonly Sheet[] {
  const filled = { year: project === undefined ? year : ofProject(year, project), project };
  const names = [...new Set(layout.parts.map(sheetOf(layout)))];
  let execution = {};
  return names.map((name, index) => {
    const parts = layout.parts.filter((part) => sheetOf(layout)(part) === name);
    const columns = sheetColumns(parts);
    const builder = new SheetBuilder(name, columns);
    builder.addWide(0, builder.lastShown, {
      style: 'title',
      content: textCell(`${layout.title}（${year.fiscalYear}年度）`),
    });
    if (index === 0) for (const { field, title } of layout.header) addLabelled(builder, title, headerOf(field, filled));
    for (const part of parts) execution = addPart(part, builder, columns, filled.year, execution) ?? execution;
    return builder.sheet;
  });
}

const sheetOf =
  ({ title }: FormLayout) =>
  ({ sheet = title }: FormPart): string =>
    sheet;

const ofProject = (year: YearFigures, line: LineFigures): YearFigures => ({
  ...year,
  budget: year.budget && { ...year.budget, ...line, lines: [line] },
});

interface Filled {
  readonly year: YearFigures;
  readonly project: LineFigures | undefined;
}

function headerOf(field: HeaderFieldName, { year: { department, fiscalYear }, project }: Filled): string {
  switch (field) {
    case 'project':
      return project?.name ?? '';
    case 'projectCode':
      return project?.projectCode ?? '';
    case 'department':
    case 'unit':
      return `${department.code}-${department.name}`;
    case 'fiscalYear':
      return String(fiscalYear);
  }
}

type Execution = ReturnType<typeof addFunds>;

/** Returns what the execution rate scores, if the part has it. */
function addPart(
  part: FormPart,
  builder: SheetBuilder,
  columns: ReturnType<typeof sheetColumns>,
  year: YearFigures,
  execution: Execution,
): Execution | undefined {
  // Who reads the form must find one title of the goals, not two.
  if (part.kind !== 'goals' || part.heading !== part.expected.title) {
    builder.addWide(0, builder.lastShown, { style: 'heading', content: textCell(part.heading) });
  }
  switch (part.kind) {
    case 'funds': {
      const place = new TablePlace(part, builder, columns);
      place.addTitles();
      return addFunds(place, year.budget);
    }
    case 'indicators': {
      const place = new TablePlace(part, builder, columns);
      place.addTitles();
      addIndicators(place, year.indicators, execution);
      return undefined;
    }
    case 'tasks': {
      const place = new TablePlace(part, builder, columns);
      place.addTitles();
      addTasks(place, year.tasks);
      return undefined;
    }
    case 'goals':
      addGoals(new TablePlace(part, builder, columns), year);
      return undefined;
    case 'notes':
      addNotes(new TablePlace(part, builder, columns), year.evaluation);
      return undefined;
  }
}
