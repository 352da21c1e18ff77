import fc from 'fast-check';
import { DepartmentScope } from '../../src/auth/department-scope';

const CODES = ['D1', 'D2', 'D12', '4413', '441300-DSJ', '441300-FGJ', '441900-DSJ'];

const covered = (texts: readonly string[]) => CODES.filter((code) => DepartmentScope.of(texts).covers(code));

describe('a scope of departments', () => {
  it.each([
    ['codes, and no others', ['D1', '4413'], ['D1', '4413']],
    ['a prefix', ['4413*'], ['4413', '441300-DSJ', '441300-FGJ']],
    ['a code and a prefix', ['D1', '441300-*'], ['D1', '441300-DSJ', '441300-FGJ']],
    ['prefixes of different lengths', ['D*', '441300-*'], ['D1', 'D2', 'D12', '441300-DSJ', '441300-FGJ']],
    ['everything', ['D1', '*'], CODES],
    ['nothing', [], []],
    ['a code in its own letters only', ['d1', 'd*'], []],
    ['no star that is not at the end', ['*3', '44*00-DSJ', '4413**', '* '], []],
    ['no text that is blank', ['', ' '], []],
  ])('covers %s: %j', (_, texts, expected) => {
    expect(covered(texts)).toEqual(expected);
  });

  it.each([
    [
      ['D2', 'D1', 'D2'],
      ['D1', 'D2'],
    ],
    [
      ['4413*', '441300-DSJ', '4413*', '441300*', 'D1'],
      ['4413*', 'D1'],
    ],
    [['D1', '*'], ['*']],
    [['', 'D 1'], []],
  ])('is named in one way by %j', (texts, patterns) => {
    expect(DepartmentScope.of(texts).patterns).toEqual(patterns);
  });

  it('is all only with a star, and empty only without a code or prefix', () => {
    const facts = [['*'], ['D1'], ['D*'], [], ['?']].map((texts) => {
      const { isAll, isEmpty } = DepartmentScope.of(texts);
      return { isAll, isEmpty };
    });
    expect(facts).toEqual([
      { isAll: true, isEmpty: false },
      { isAll: false, isEmpty: false },
      { isAll: false, isEmpty: false },
      { isAll: false, isEmpty: true },
      { isAll: false, isEmpty: true },
    ]);
  });

  it('covers the same as the scope of its patterns', () => {
    const text = fc.oneof(fc.constantFrom(...CODES, ...CODES.map((code) => `${code}*`)), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        expect(covered(DepartmentScope.of(texts).patterns)).toEqual(covered(texts));
      }),
    );
  });
});
