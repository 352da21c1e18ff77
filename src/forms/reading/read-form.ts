import { LAYOUTS } from '../layouts';
import { FormLayout, FundsPart, GoalsPart, IndicatorsPart, Titled } from '../layouts/layout';
import { Pausing } from '../../kernel/turns';
import { Cell, Sheet, Workbook } from '../workbook';
import { CellAnswers } from './answers';
import { findTables, FoundTable, titlesOf } from './find-tables';
import { FormReading, Said } from './form-reading';
import { Grid } from './grid';
import { readFunds } from './read-funds';
import { readIndicators, refuseTwice } from './read-indicators';
import { readSubject } from './read-subject';
import { saysNothing, titleKey, written } from './texts';

/** What a form says, with an answer for every cell in `answers`; undefined if the file has none of the forms. */
export function* readForm({ sheets }: Workbook, answers: CellAnswers): Pausing<FormReading | undefined> {
  const grids: Grid[] = [];
  for (const sheet of sheets) if (!sheet.hidden) grids.push(yield* Grid.of(sheet));
  const found = yield* findForm(grids);
  if (found === undefined) return undefined;
  const { layout, tables } = found;
  const about = yield* readSubject(layout, grids, answers);
  const funds: FormReading['funds'][number][] = [];
  const indicators: FormReading['indicators'][number][] = [];
  const fundsSeen = new Set<string>();
  for (const table of tables) {
    const end = endOf(table, tables);
    if (table.part.kind === 'funds') {
      funds.push(...(yield* readFunds(table as FoundTable<FundsPart>, end, fundsSeen, answers)));
    }
    if (table.part.kind === 'indicators') {
      indicators.push(...(yield* readIndicators(table as FoundTable<IndicatorsPart>, end, answers)));
    }
    if (table.part.kind === 'tasks') yield* answerTasks(table, end, answers);
  }
  refuseTwice(indicators, answers);
  const goals = yield* readGoals(layout, grids, answers);
  yield* answerOthers(sheets, answers);
  return { form: layout.id, about, funds, goals, indicators };
}

/** The form whose titles the file has most of, with its tables. */
function* findForm(grids: readonly Grid[]): Pausing<{ layout: FormLayout; tables: readonly FoundTable[] } | undefined> {
  const titles = yield* titlesIn(grids);
  let best: { readonly layout: FormLayout; readonly tables: readonly FoundTable[]; readonly hits: number } | undefined;
  for (const layout of Object.values(LAYOUTS)) {
    const tables: FoundTable[] = [];
    for (const grid of grids) tables.push(...(yield* findTables(layout, grid)));
    const columns = tables.reduce(
      (sum, table) => sum + table.columns.size + (table.columns.has('direction') ? 1 : 0),
      0,
    );
    if (columns === 0) continue;
    const hits = columns + exactTitles(layout, titles);
    if (best === undefined || hits > best.hits) best = { layout, tables, hits };
  }
  return best;
}

/** No title is longer. */
const LONGEST_TITLE = 100;

function* titlesIn(grids: readonly Grid[]): Pausing<ReadonlySet<string>> {
  const titles = new Set<string>();
  for (const grid of grids) {
    for (const row of grid.rows) {
      yield;
      for (const cell of row) if (cell.text.length <= LONGEST_TITLE) titles.add(grid.titleOf(cell));
    }
  }
  return titles;
}

/** Titles that are as the layout prints them tell forms apart that have much in common. */
function exactTitles(layout: FormLayout, texts: ReadonlySet<string>): number {
  const titles = layout.parts.flatMap((part) =>
    'columns' in part ? part.columns.map(({ title }) => titleKey(title)) : [],
  );
  const rows = layout.parts.flatMap((part) =>
    part.kind === 'funds' ? part.rows.map(({ title }) => titleKey(title)) : [],
  );
  const known = new Set([...titles, ...rows]);
  const name = titleKey(layout.title);
  const isNamed = [...texts].some((text) => text.endsWith(name));
  return [...known].filter((title) => texts.has(title)).length + (isNamed ? 2 : 0);
}

/** A table ends at the next one in its sheet, or with the sheet. */
function endOf({ sheet, top }: FoundTable, tables: readonly FoundTable[]): number {
  const next = tables.filter((table) => table.sheet === sheet && table.top > top).map((table) => table.top);
  const last = sheet.cells.at(-1)?.row ?? top;
  return Math.min(last + 1, ...next);
}

function* answerTasks({ grid, top, titles }: FoundTable, end: number, answers: CellAnswers): Pausing<void> {
  for (const cell of titles) answers.nothing(grid.place(cell), '列名');
  for (const row of grid.rows) {
    const [first] = row;
    if (first === undefined || first.row <= top || first.row >= end) continue;
    yield;
    for (const cell of row) answers.nothing(grid.place(cell), '年度主要任务不从表中记录，请在任务中登记');
  }
}

/** What was to be reached, below or beside its title. What was reached in words is not recorded: figures are. */
function* readGoals(
  layout: FormLayout,
  grids: readonly Grid[],
  answers: CellAnswers,
): Pausing<readonly Said<string>[]> {
  const part = layout.parts.find((each): each is GoalsPart => each.kind === 'goals');
  if (part === undefined) return [];
  for (const grid of grids) {
    const expected = yield* cellTitled(grid, part.expected);
    const achieved = yield* cellTitled(grid, part.achieved);
    if (expected === undefined) continue;
    const beside = achieved?.row === expected.row;
    const value = beside ? grid.at(expected.row + 1, expected.column) : grid.rightOf(expected);
    const other = achieved && (beside ? grid.at(achieved.row + 1, achieved.column) : grid.rightOf(achieved));
    answers.nothing(grid.place(expected), '栏目名称');
    if (achieved !== undefined) answers.nothing(grid.place(achieved), '栏目名称');
    answers.nothing(other, '完成情况的文字不记录');
    if (value === undefined || value.cell === achieved || saysNothing(value.cell.text)) return [];
    answers.becomes(value, '绩效目标');
    const texts = value.cell.text.split(/\r?\n/).map(written);
    return texts.filter((text) => text !== '').map((text) => ({ value: text, place: value }));
  }
  return [];
}

function* cellTitled(grid: Grid, titled: Titled): Pausing<Cell | undefined> {
  const titles = titlesOf(titled);
  for (const row of grid.rows) {
    yield;
    const found = row.find((cell) => titles.includes(grid.titleOf(cell)));
    if (found !== undefined) return found;
  }
  return undefined;
}

function* answerOthers(sheets: readonly Sheet[], answers: CellAnswers): Pausing<void> {
  for (const sheet of sheets) {
    for (const [index, cell] of sheet.cells.entries()) {
      if (index % CELLS_AT_ONCE === 0) yield;
      answers.other({ sheet: sheet.name, cell }, '说明文字，不记录', sheet.hidden);
    }
  }
}

const CELLS_AT_ONCE = 100;
