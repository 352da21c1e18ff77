import fc from 'fast-check';
import { percentage } from '../../src/kernel/decimal';
import { bridgeBars, bridgeSum } from '../../web/src/views/department/bridge-rows';
import { monthsOf, percent } from '../../web/src/views/department/months';
import { runs } from '../support/property';

describe('the bridge', () => {
  const steps = [
    { amount: '10000000.01', revisedAfter: '106898800.01' },
    { amount: '0.00', revisedAfter: '106898800.01' },
    { amount: '-347100.02', revisedAfter: '106551699.99' },
  ];

  const WHOLE = { isFirst: true, isLast: true };

  test('adds up to the fen', () => {
    expect(bridgeSum('96898800.00', steps, '106551699.99', WHOLE)).toEqual({
      opening: 9_689_880_000n,
      steps: 965_289_999n,
      after: 10_655_169_999n,
      addsUp: true,
    });
  });

  test('adds up page by page: each begins where the page before ends', () => {
    const [first, ...others] = steps;
    const begin = bridgeSum('96898800.00', [first!], '106551699.99', { isFirst: true, isLast: false });
    expect(begin).toMatchObject({ steps: 1_000_000_001n, after: 10_689_880_001n, addsUp: true });
    const end = (revised: string) => bridgeSum('96898800.00', others, revised, { isFirst: false, isLast: true });
    expect(end('106551699.99')).toMatchObject({ steps: 965_289_999n, after: 10_655_169_999n, addsUp: true });
    expect(end('106551700.00').addsUp).toBe(false);
  });

  test('says so if one fen is missing at the end, or on the way', () => {
    expect(bridgeSum('96898800.00', steps, '106551700.00', WHOLE).addsUp).toBe(false);
    const [first, ...others] = steps;
    expect(
      bridgeSum('96898800.00', [{ ...first!, revisedAfter: '106898800.02' }, ...others], '106551699.99', WHOLE).addsUp,
    ).toBe(false);
  });

  test('draws each step that changes the total, and many last ones together', () => {
    expect(bridgeBars(steps, '9652899.99', true)).toEqual([
      { number: 1, count: 1, amount: 1_000_000_001n },
      { number: 3, count: 1, amount: -34_710_002n },
    ]);
    const many = Array.from({ length: 20 }, () => ({ amount: '1.50' }));
    const bars = bridgeBars(many, '30.00', true);
    expect(bars).toHaveLength(12);
    expect(bars.at(-1)).toEqual({ count: 9, amount: 1_350n });
    // Of a longer list only the first ones are given: the bars still come to the whole adjustment.
    expect(bridgeBars(many, '100.00', false).at(-1)).toEqual({ amount: 8_350n });
  });
});

describe('the months', () => {
  const end = (month: number, executed: string) => ({
    at: `2023-${String(month).padStart(2, '0')}-28T15:59:59.999Z`,
    revised: '1000.00',
    executed,
  });

  test('have what was spent in each, and end at the moment', () => {
    const ends = [end(1, '100.00'), end(2, '90.50'), end(3, '90.50'), end(4, '90.50')];
    expect(monthsOf(ends, '2023-02-10T00:00:00.000Z')).toEqual([
      { month: 1, executed: 10_000n, executedSoFar: 10_000n, revised: 100_000n, rate: '10.00', timePassed: '8.33' },
      { month: 2, executed: -950n, executedSoFar: 9_050n, revised: 100_000n, rate: '9.05', timePassed: '16.67' },
    ]);
  });

  test('go on to the last one in which something is spent, though the moment is before it', () => {
    const ends = [end(1, '0.00'), end(2, '0.00'), end(3, '5.00'), end(4, '5.00')];
    expect(monthsOf(ends, '2023-01-10T00:00:00.000Z')).toHaveLength(3);
  });

  test('have no rate if there is no budget', () => {
    const [month] = monthsOf(
      [{ at: '2023-01-31T15:59:59.999Z', revised: '0.00', executed: '5.00' }],
      '2023-02-01T00:00:00.000Z',
    );
    expect(month?.rate).toBeNull();
  });

  test('round as the API does', () => {
    const fen = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(
      fc.property(fen, fen, (part, whole) => percent(part, whole) === percentage(part, whole)),
      runs(200),
    );
  });
});
