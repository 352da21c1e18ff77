import fc from 'fast-check';
import {
  compareDated,
  countInForce,
  Dated,
  EffectiveOrder,
  emptyOrder,
  inForce,
  withFact,
} from '../../src/kernel/effective-order';
import { runs } from '../support/property';

const at = (effectiveAt: number, position: bigint): Dated => ({ effectiveAt, position });
const orderOf = (facts: readonly Dated[]): EffectiveOrder<Dated> =>
  facts.reduce<EffectiveOrder<Dated>>(withFact, emptyOrder<Dated>());

/** Few dates, so that there are many ties. Positions increase, as in the log. */
const histories = fc
  .array(fc.integer({ min: -3, max: 3 }), { maxLength: 60 })
  .map((dates) => dates.map((effectiveAt, index) => at(effectiveAt, BigInt(index + 1))));

describe('the effective order', () => {
  test('is by effective date, and a fact that is recorded late is inserted in its place', () => {
    const october = at(10, 1n);
    const september = at(9, 2n);
    expect([...orderOf([october, september])]).toEqual([september, october]);
  });

  test('is by position for facts of the same date', () => {
    const first = at(5, 1n);
    const second = at(5, 2n);
    expect([...orderOf([first, second])]).toEqual([first, second]);
  });

  test('compares positions that are too large for numbers', () => {
    const large = 2n ** 63n;
    expect(compareDated(at(0, large), at(0, large + 1n))).toBeLessThan(0);
    expect(compareDated(at(0, large + 1n), at(0, large))).toBeGreaterThan(0);
    expect(compareDated(at(0, large), at(0, large))).toBe(0);
  });

  test('is the same as sorting the whole history', () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect([...orderOf(history)]).toEqual(history.toSorted(compareDated));
      }),
      runs(500),
    );
  });

  test('does not change the order to which a fact was added', () => {
    const before = orderOf([at(1, 1n), at(3, 2n)]);
    withFact(before, at(2, 3n));
    expect([...before]).toEqual([at(1, 1n), at(3, 2n)]);
  });
});

describe('the fact in force', () => {
  const [january, march, late] = [at(1, 1n), at(3, 2n), at(2, 3n)];
  const order = orderOf([january, march, late]);

  test.each<[number | undefined, Dated | undefined]>([
    [0, undefined],
    [1, january],
    [1.5, january],
    [2, late],
    [3, march],
    [99, march],
    [undefined, march],
  ])('at %s', (moment, fact) => {
    expect(inForce(order, moment)).toEqual(fact);
  });

  test('is undefined if there are no facts', () => {
    expect(inForce(emptyOrder(), undefined)).toBeUndefined();
    expect(inForce(emptyOrder(), 0)).toBeUndefined();
  });

  test('is, for the same date, the one with the later position', () => {
    const tied = orderOf([at(1, 1n), at(1, 2n)]);
    expect(inForce(tied, 1)).toEqual(at(1, 2n));
    expect(inForce(tied, undefined)).toEqual(at(1, 2n));
  });

  test('is the last one whose date is not later', () => {
    fc.assert(
      fc.property(histories, fc.option(fc.integer({ min: -4, max: 4 }), { nil: undefined }), (history, moment) => {
        const counted = history.filter(({ effectiveAt }) => moment === undefined || effectiveAt <= moment);
        expect(countInForce(orderOf(history), moment)).toBe(counted.length);
        expect(inForce(orderOf(history), moment)).toEqual(counted.toSorted(compareDated).at(-1));
      }),
      runs(500),
    );
  });
});
