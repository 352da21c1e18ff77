import fc from 'fast-check';
import { firstIndex } from '../../src/kernel/search';
import { runs } from '../support/property';

describe('firstIndex', () => {
  test('is the first index that the test holds at, and the length where there is none', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_100), (length, from) => {
        expect(firstIndex(length, (index) => index >= from)).toBe(Math.min(length, from));
      }),
      runs(500),
    );
  });

  test('asks about nothing outside, and about few', () => {
    const asked: number[] = [];
    firstIndex(1_000_000, (index) => {
      asked.push(index);
      return index >= 999_999;
    });
    expect(asked.every((index) => index >= 0 && index < 1_000_000)).toBe(true);
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  test('asks nothing of an empty range', () => {
    expect(
      firstIndex(0, () => {
        throw new Error('asked');
      }),
    ).toBe(0);
  });
});
