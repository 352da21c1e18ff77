import { isCode, isFiscalYear, yearCode } from '../../src/kernel/codes';

describe('a code', () => {
  test.each(['D', '7', '441300-DSJ', 'a_b-c', 'A'.repeat(64), 'x-', 'x_'])('may be %s', (text) => {
    expect(isCode(text)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['65 characters', 'A'.repeat(65)],
    ['a dash at the beginning', '-a'],
    ['an underscore at the beginning', '_a'],
    ['a dot', 'a.b'],
    ['a slash', 'a/b'],
    ['a comma', 'a,b'],
    ['a blank', 'a b'],
    ['a line feed after', 'a\n'],
    ['a letter that is not ASCII', 'é'],
    ['a Chinese character', '部'],
    ['a full-width digit', '１'],
    ['a NUL', 'a\0'],
  ])('is not %s', (_what, text) => {
    expect(isCode(text)).toBe(false);
  });

  test('of a budget or an evaluation is DEPARTMENT.YEAR', () => {
    expect(yearCode('441300-DSJ', 2023)).toBe('441300-DSJ.2023');
  });
});

describe('a fiscal year', () => {
  test.each([1949, 2023, 9998])('may be %s', (year) => {
    expect(isFiscalYear(year)).toBe(true);
  });

  test.each([1948, 9999, 0, -2023, 2023.5, Number.NaN, Infinity])('is not %s', (year) => {
    expect(isFiscalYear(year)).toBe(false);
  });
});
