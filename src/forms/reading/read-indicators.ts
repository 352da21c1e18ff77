import { IndicatorLevel1, IndicatorLevel2 } from '../../features/indicators/events';
import { isCode } from '../../kernel/codes';
import { compareDecimals, parseDecimal } from '../../kernel/decimal';
import { Pausing } from '../../kernel/turns';
import { IndicatorsPart } from '../layouts/layout';
import { LEVEL_1_WORDS, LEVEL_2_WORDS } from '../layouts/words';
import { CellAnswers, CellPlace } from './answers';
import { FoundTable, titlesOf } from './find-tables';
import { IndicatorRead, Said } from './form-reading';
import { readObservation } from './read-observation';
import { readTarget } from './read-target';
import { cleaned, nameIn, nameKey, saysNothing, short, titleKey } from './texts';

/** The rows of a table of indicators, up to `end` (exclusive), or to the row of the total. */
export function* readIndicators(
  table: FoundTable<IndicatorsPart>,
  end: number,
  answers: CellAnswers,
): Pausing<readonly IndicatorRead[]> {
  for (const cell of table.titles) answers.nothing(table.grid.place(cell), '列名');
  const read: IndicatorRead[] = [];
  const levels = new Levels();
  for (let row = table.top + 1; row < end; row++) {
    yield;
    if (isTotal(table, row)) {
      answerTotal(table, row, answers);
      break;
    }
    const indicator = readRow(table, row, levels, answers);
    if (indicator !== undefined) read.push(indicator);
  }
  return read;
}

/** The classes of the rows above: a cell that is empty, or merged with one above, has the class of that. */
class Levels {
  level1: string | undefined;
  level2: string | undefined;

  take(level1: string | undefined, level2: string | undefined): void {
    if (level1 !== undefined && level1 !== this.level1) {
      this.level1 = level1;
      this.level2 = undefined;
    }
    if (level2 !== undefined) this.level2 = level2;
  }
}

function readRow(
  { grid, columns }: FoundTable<IndicatorsPart>,
  row: number,
  levels: Levels,
  answers: CellAnswers,
): IndicatorRead | undefined {
  const at = (role: string): CellPlace | undefined => grid.at(row, columns.get(role));
  const own = (role: string): CellPlace | undefined => {
    const place = at(role);
    return place === undefined || saysNothing(place.cell.text) ? undefined : place;
  };
  levels.take(levelText(at('level1')), levelText(at('level2')));
  for (const role of ['level1', 'level2']) answers.nothing(at(role), '指标分类');
  answers.nothing(at('score'), '得分由评分模板计算，不从表中取');
  answers.nothing(at('reason'), '偏差原因在自评打分时填写，不从表中取');
  const place = at('name');
  const name = place === undefined ? '' : nameIn(place.cell.text);
  if (place === undefined || name === '') {
    for (const role of ['name', 'direction', 'target', 'unit', 'value', 'points']) answers.nothing(at(role), '占位行');
    return undefined;
  }
  const level1 = levelOf(LEVEL_1_WORDS, levels.level1);
  const level2 = levelOf(LEVEL_2_WORDS, levels.level2) ?? onlyLevelOf(level1);
  if (level1 === undefined || level2 === undefined) {
    const isExecution = levels.level1?.startsWith('预算执行') === true;
    for (const role of ['name', 'direction', 'target', 'unit', 'value', 'points']) {
      if (isExecution) answers.nothing(at(role), '预算执行率由账本计算，不作指标记录');
    }
    if (!isExecution)
      answers.refuse(place, `一级或二级指标无法识别：${levels.level1 ?? '空'} / ${levels.level2 ?? '空'}`);
    return undefined;
  }
  answers.becomes(place, `指标：${name}`);
  const target = readTarget({ direction: own('direction'), target: own('target'), unit: own('unit') }, answers);
  for (const role of ['direction', 'target', 'unit', 'points', 'code']) {
    if (own(role) === undefined) answers.nothing(at(role), '空值，不作 0');
  }
  return {
    place,
    name,
    level1,
    level2,
    code: codeAt(own('code'), answers),
    points: pointsAt(own('points'), answers),
    ...target,
    observation: readObservation(own('value') ?? at('value'), target, answers),
  };
}

/** The words of a class, without its points in brackets. */
function levelText(place: CellPlace | undefined): string | undefined {
  if (place === undefined || saysNothing(place.cell.text)) return undefined;
  return titleKey(cleaned(short(place.cell.text))).replace(/\d+(\.\d+)?分?$/, '');
}

function levelOf<Level extends string>(
  words: Readonly<Record<Level, readonly string[]>>,
  text: string | undefined,
): Level | undefined {
  if (text === undefined) return undefined;
  return (Object.keys(words) as Level[]).find((level) => words[level].includes(text));
}

/** A first level that has only one second level. */
function onlyLevelOf(level1: IndicatorLevel1 | undefined): IndicatorLevel2 | undefined {
  if (level1 === 'SATISFACTION') return 'SATISFACTION';
  return level1 === 'COST' ? 'COST' : undefined;
}

function codeAt(place: CellPlace | undefined, answers: CellAnswers): string | undefined {
  if (place === undefined) return undefined;
  const code = cleaned(place.cell.text);
  if (isCode(code)) {
    answers.becomes(place, `指标编码：${code}`);
    return code;
  }
  answers.refuse(place, '不是编码：只能用字母、数字、_ 和 -');
  return undefined;
}

function pointsAt(place: CellPlace | undefined, answers: CellAnswers): Said<string> | undefined {
  if (place === undefined) return undefined;
  const points = parseDecimal(cleaned(short(place.cell.text)).replace(/分$/, ''));
  if (points === undefined || compareDecimals(points, '0') < 0) {
    answers.refuse(place, '分值不是 0 或以上的数');
    return undefined;
  }
  answers.becomes(place, `分值 ${points}`);
  return { value: points, place };
}

function isTotal({ grid, part, columns }: FoundTable<IndicatorsPart>, row: number): boolean {
  const titles = titlesOf(part.total);
  const last = columns.get('name') ?? 0;
  for (let column = 0; column <= last; column++) {
    const place = grid.at(row, column);
    if (place?.cell.row === row && titles.includes(grid.titleOf(place.cell))) return true;
  }
  return false;
}

function answerTotal({ grid }: FoundTable<IndicatorsPart>, row: number, answers: CellAnswers): void {
  for (const cell of grid.rows.find(([first]) => first?.row === row) ?? []) {
    answers.nothing(grid.place(cell), '总分由评分模板计算，不从表中取');
  }
}

/** The key of a row is its code, else what it is about. It is refused in another table, too: nobody knows which of them counts. */
export function refuseTwice(read: readonly IndicatorRead[], answers: CellAnswers): void {
  const seen = new Set<string>();
  for (const { code, level1, level2, name, place } of read) {
    const key = code ?? JSON.stringify([level1, level2, nameKey(name)]);
    if (seen.has(key)) answers.refuse(place, '同一指标出现两行');
    seen.add(key);
  }
}
