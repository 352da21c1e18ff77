import { LAYOUTS } from '../layouts';
import { FormId, FormLayout, FundsPart, GoalsPart, IndicatorsPart } from '../layouts/layout';
import { Sheet, Workbook } from '../workbook';
import { CellAnswers } from './answers';
import { findTables, FoundTable, titlesOf } from './find-tables';
import { FormReading, Said } from './form-reading';
import { Grid } from './grid';
import { readFunds } from './read-funds';
import { readIndicators } from './read-indicators';
import { readSubject } from './read-subject';
import { cleaned, saysNothing, titleKey } from './texts';

/** What a form says, with an answer for every cell in `answers`; undefined if the file has none of the forms. */
export function readForm({ sheets }: Workbook, answers: CellAnswers): FormReading | undefined {
  const shown = sheets.filter(({ hidden }) => !hidden);
  const form = formOf(shown);
  if (form === undefined) return undefined;
  const layout = LAYOUTS[form];
  const tables = shown.flatMap((sheet) => findTables(layout, sheet));
  const about = readSubject(layout, shown, answers);
  const funds: FormReading['funds'][number][] = [];
  const indicators: FormReading['indicators'][number][] = [];
  for (const table of tables) {
    const end = endOf(table, tables);
    if (table.part.kind === 'funds') funds.push(...readFunds(table as FoundTable<FundsPart>, end, answers));
    if (table.part.kind === 'indicators') {
      indicators.push(...readIndicators(table as FoundTable<IndicatorsPart>, end, answers));
    }
    if (table.part.kind === 'tasks') answerTasks(table, end, answers);
  }
  const goals = readGoals(layout, shown, answers);
  answerOthers(sheets, answers);
  return { form, about, funds, goals, indicators };
}

/** The form whose titles the file has most of. */
function formOf(sheets: readonly Sheet[]): FormId | undefined {
  const counted = Object.values(LAYOUTS).map((layout) => {
    const columns = sheets
      .flatMap((sheet) => findTables(layout, sheet))
      .reduce((sum, table) => sum + table.columns.size + (table.columns.has('direction') ? 1 : 0), 0);
    return { id: layout.id, columns: columns === 0 ? 0 : columns + exactTitles(layout, sheets) };
  });
  const best = counted.sort((a, b) => b.columns - a.columns)[0];
  return best === undefined || best.columns === 0 ? undefined : best.id;
}

/** Titles that are as the layout prints them tell forms apart that have much in common. */
function exactTitles(layout: FormLayout, sheets: readonly Sheet[]): number {
  const titles = new Set(
    layout.parts.flatMap((part) => ('columns' in part ? part.columns.map(({ title }) => titleKey(title)) : [])),
  );
  const rows = layout.parts.flatMap((part) =>
    part.kind === 'funds' ? part.rows.map(({ title }) => titleKey(title)) : [],
  );
  const known = new Set([...titles, ...rows]);
  const texts = new Set(sheets.flatMap(({ cells }) => cells.map(({ text }) => titleKey(text))));
  const named = sheets.some(({ cells }) => cells.some(({ text }) => titleKey(text).endsWith(titleKey(layout.title))));
  return [...known].filter((title) => texts.has(title)).length + (named ? 2 : 0);
}

/** A table ends at the next one in its sheet, or with the sheet. */
function endOf({ sheet, top }: FoundTable, tables: readonly FoundTable[]): number {
  const next = tables.filter((table) => table.sheet === sheet && table.top > top).map((table) => table.top);
  const last = sheet.cells.at(-1)?.row ?? top;
  return Math.min(last + 1, ...next);
}

function answerTasks({ grid, top, titles }: FoundTable, end: number, answers: CellAnswers): void {
  for (const cell of titles) answers.nothing(grid.place(cell), '列名');
  for (const cell of grid.rows.flat()) {
    if (cell.row > top && cell.row < end) answers.nothing(grid.place(cell), '年度主要任务不从表中记录，请在任务中登记');
  }
}

/** What was to be reached, below or beside its title. What was reached in words is not recorded: figures are. */
function readGoals(layout: FormLayout, sheets: readonly Sheet[], answers: CellAnswers): readonly Said<string>[] {
  const part = layout.parts.find((each): each is GoalsPart => each.kind === 'goals');
  if (part === undefined) return [];
  for (const sheet of sheets) {
    const grid = new Grid(sheet);
    const cells = grid.rows.flat();
    const expected = cells.find(({ text }) => titlesOf(part.expected).includes(titleKey(text)));
    const achieved = cells.find(({ text }) => titlesOf(part.achieved).includes(titleKey(text)));
    if (expected === undefined) continue;
    const beside = achieved?.row === expected.row;
    const value = beside ? grid.at(expected.row + 1, expected.column) : grid.rightOf(expected);
    const other = achieved && (beside ? grid.at(achieved.row + 1, achieved.column) : grid.rightOf(achieved));
    answers.nothing(grid.place(expected), '栏目名称');
    if (achieved !== undefined) answers.nothing(grid.place(achieved), '栏目名称');
    answers.nothing(other, '完成情况的文字不记录');
    if (value === undefined || value.cell === achieved || saysNothing(value.cell.text)) return [];
    answers.becomes(value, '绩效目标');
    const texts = value.cell.text.split(/\r?\n/).map(cleaned);
    return texts.filter((text) => text !== '').map((text) => ({ value: text, place: value }));
  }
  return [];
}

function answerOthers(sheets: readonly Sheet[], answers: CellAnswers): void {
  for (const sheet of sheets) {
    for (const cell of sheet.cells) {
      const place = { sheet: sheet.name, cell };
      if (!answers.has(place)) answers.nothing(place, sheet.hidden ? '隐藏的工作表不读' : '说明文字，不记录');
    }
  }
}
