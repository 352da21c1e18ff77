import { isCode, isFiscalYear } from '../../kernel/codes';
import { FormLayout, HeaderFieldName } from '../layouts/layout';
import { Pausing } from '../../kernel/turns';
import { CellAnswers, CellPlace } from './answers';
import { titlesOf } from './find-tables';
import { FormSubject, Said } from './form-reading';
import { Grid } from './grid';
import { cleaned, short, titleKey, written } from './texts';

/** The labels and values at the head of a form. The year may also be in its title (`（2023年度）`). Never taken from a project code. */
export function* readSubject(layout: FormLayout, grids: readonly Grid[], answers: CellAnswers): Pausing<FormSubject> {
  const found = new Map<HeaderFieldName, Said<string>>();
  let year: Said<number> | undefined;
  for (const grid of grids) {
    for (const row of grid.rows) {
      yield;
      for (const cell of row) {
        const place = grid.place(cell);
        const labelled = labelledValue(layout, grid, place);
        if (labelled !== undefined) {
          const { field, said } = labelled;
          const earlier = found.get(field);
          if (earlier === undefined) found.set(field, said);
          else if (isOther(field, earlier, said)) answers.refuse(said.place, `与前面的“${earlier.value}”不同：${ONE}`);
          if (said.place.cell !== cell) answers.nothing(place, '表头名称');
        }
        year ??= yearInTitle(layout, place);
      }
    }
  }
  const given = found.get('fiscalYear');
  const yearGiven = given && yearOf(given);
  const subject = {
    project: found.get('project'),
    projectCode: found.get('projectCode'),
    department: departmentOf(found.get('department')) ?? departmentOf(found.get('unit')),
    fiscalYear: yearGiven ?? year,
  };
  answerFor(subject, found, answers);
  return subject;
}

const ONE = '一个文件只能是一个部门、一个年度、一个项目的表';

/** Whether two heads of a file say that it is about different things. */
function isOther(field: HeaderFieldName, a: Said<string>, b: Said<string>): boolean {
  const values = [a, b].map((said) => {
    if (field === 'project') return cleaned(said.value);
    if (field === 'department') return departmentOf(said)?.value;
    return field === 'fiscalYear' ? yearOf(said)?.value : undefined;
  });
  const [left, right] = values;
  return left !== undefined && right !== undefined && left !== right;
}

const LABEL_AND_VALUE = /^([^:：]{2,20})[:：](.+)$/s;

function labelledValue(layout: FormLayout, grid: Grid, place: CellPlace) {
  const { text } = place.cell;
  const fieldOf = (key: string) => layout.header.find((field) => titlesOf(field).includes(key))?.field;
  const alone = fieldOf(grid.titleOf(place.cell));
  if (alone !== undefined) {
    const right = grid.rightOf(place.cell);
    if (right === undefined) return undefined;
    // The next label: this one has no value.
    const isLabel = fieldOf(grid.titleOf(right.cell)) !== undefined;
    return isLabel ? undefined : labelled(alone, right.cell.text, right);
  }
  const [, label, inline] = LABEL_AND_VALUE.exec(short(text)) ?? [];
  const field = label === undefined ? undefined : fieldOf(titleKey(label));
  return field === undefined || inline === undefined ? undefined : labelled(field, inline, place);
}

/** A name is recorded as it is written. Codes and years are read. */
function labelled(field: HeaderFieldName, text: string, place: CellPlace) {
  const value = field === 'project' ? written(text) : cleaned(text);
  return value === '' ? undefined : { field, said: { value, place } };
}

/** `219-天长市水利局`, `441300-DSJ-市政务服务数据管理局`, or a code with nothing behind it. A name without a code names no department. */
function departmentOf(said: Said<string> | undefined): Said<string> | undefined {
  if (said === undefined) return undefined;
  const [begin = ''] = /^[\x20-\x7e]*/.exec(short(said.value)) ?? [];
  const code = begin.trim().replace(/[-_\s([]+$/, '');
  return isCode(code) ? { value: code, place: said.place } : undefined;
}

function yearOf({ value, place }: Said<string>): Said<number> | undefined {
  const [year] = /\d{4}/.exec(value) ?? [];
  return year !== undefined && isFiscalYear(Number(year)) ? { value: Number(year), place } : undefined;
}

function yearInTitle(layout: FormLayout, place: CellPlace): Said<number> | undefined {
  const text = short(place.cell.text).normalize('NFKC').replace(/\s/g, '');
  const isTitle = text.includes('自评表') || text.includes(layout.title);
  const [, year] = /(\d{4})年/.exec(text) ?? [];
  const bracketed = /^\(?(\d{4})年度?\)?$/.exec(text)?.[1];
  const written = isTitle ? year : bracketed;
  return written === undefined || !isFiscalYear(Number(written)) ? undefined : { value: Number(written), place };
}

function answerFor(
  { project, projectCode, department, fiscalYear }: FormSubject,
  found: ReadonlyMap<HeaderFieldName, Said<string>>,
  answers: CellAnswers,
): void {
  for (const { place } of found.values()) answers.nothing(place, '表头说明，不单独记录');
  if (project !== undefined) answers.becomes(project.place, `项目名称：${project.value}`);
  if (projectCode !== undefined)
    answers.becomes(projectCode.place, `项目编码：${projectCode.value}（其中的年份段不作预算年度）`);
  if (department !== undefined) answers.becomes(department.place, `部门代码：${department.value}`);
  if (fiscalYear !== undefined) answers.becomes(fiscalYear.place, `预算年度：${fiscalYear.value}`);
}
