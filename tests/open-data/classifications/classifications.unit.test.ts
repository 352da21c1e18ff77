import { COFOG } from '../../../src/open-data/classifications/cofog';
import { FUNCTION_CLASSES, functionClassOf } from '../../../src/open-data/classifications/functions';
import { isValidIn } from '../../../src/open-data/classifications/validity';

const divisions = COFOG.filter(({ parent }) => parent === null).map(({ code }) => code);

test('COFOG has 10 divisions and 69 groups, each in its division', () => {
  expect(divisions).toEqual(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10']);
  const groups = COFOG.filter(({ parent }) => parent !== null);
  expect(groups).toHaveLength(69);
  for (const { code, parent } of groups)
    expect([code, divisions]).toEqual([`${parent}.${code.slice(3)}`, expect.arrayContaining([parent])]);
  expect(new Set(COFOG.map(({ code }) => code)).size).toBe(COFOG.length);
});

test('a class has at most one name in a year', () => {
  for (let year = 2010; year <= 2040; year++) {
    const codes = FUNCTION_CLASSES.filter((row) => isValidIn(row, year)).map(({ code }) => code);
    expect([year, codes]).toEqual([year, [...new Set(codes)]]);
  }
});

test('each class is of a division that there is, or of none', () => {
  for (const { code, cofog, validFrom, validTo } of FUNCTION_CLASSES) {
    expect(code).toMatch(/^2\d\d$/);
    expect([...divisions, null]).toContain(cofog);
    expect(validTo ?? validFrom).toBeGreaterThanOrEqual(validFrom);
  }
});

test.each([
  ['207', 2018, '文化体育与传媒支出'],
  ['2070101', 2019, '文化旅游体育与传媒支出'],
  ['20103', 2023, '一般公共服务支出'],
  ['224', 2019, '灾害防治及应急管理支出'],
])('%s in %i is %s', (code, year, name) => {
  expect(functionClassOf(code, year)?.name).toBe(name);
});

test.each([
  ['224', 2018],
  ['207', 2015],
  ['299', 2023],
])('the list has no %s in %i', (code, year) => {
  expect(functionClassOf(code, year)).toBeUndefined();
});
