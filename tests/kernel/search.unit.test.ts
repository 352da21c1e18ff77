import fc from 'fast-check';
import { firstIndex } from '../../src/kernel/search';
import { runs } from '../support/property';

describe('firstIndex', () => {
  test('is the first index that passes the test, or the length if none does', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_100), (length, from) => {
        expect(firstIndex(length, (index) => index >= from)).toBe(Math.min(length, from));
      }),
      runs(500),
    );
  });

  test('tests no index outside, and only a few', () => {
    const asked: number[] = [];
    firstIndex(1_000_000, (index) => {
      asked.push(index);
      return index >= 999_999;
    });
    expect(asked.every((index) => index >= 0 && index < 1_000_000)).toBe(true);
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  test('tests nothing in an empty range', () => {
    expect(
      firstIndex(0, () => {
        throw new Error('asked');
      }),
    ).toBe(0);
  });
});
