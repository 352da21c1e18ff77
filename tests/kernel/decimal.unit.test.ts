import fc from 'fast-check';
import { compareDecimals, parseDecimal, percentage, roundDecimal } from '../../src/kernel/decimal';
import { runs } from '../support/property';

describe('parseDecimal', () => {
  test.each([
    ['12.50', '12.50'],
    ['100', '100'],
    ['0', '0'],
    ['0.00', '0.00'],
    ['+5', '5'],
    ['-5.10', '-5.10'],
    ['007', '7'],
    ['-00.5', '-0.5'],
    ['000', '0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['999999999999999999.9999999999', '999999999999999999.9999999999'],
    ['-999999999999999999.9999999999', '-999999999999999999.9999999999'],
  ])('%s is %s: keeps the digits after the point, drops signs and zeros that mean nothing', (text, decimal) => {
    expect(parseDecimal(text)).toBe(decimal);
  });

  test.each([
    ['nothing', ''],
    ['a blank around', ' 1 '],
    ['a line feed after', '1\n'],
    ['an exponent', '1e3'],
    ['no digit before the point', '.5'],
    ['no digit after the point', '5.'],
    ['a decimal comma', '1,5'],
    ['full-width digits', '１２'],
    ['a full-width minus', '－1'],
    ['two signs', '+-1'],
    ['only a sign', '-'],
    ['a percent sign', '5%'],
    ['not a number', 'NaN'],
    ['infinity', '-Infinity'],
    ['19 digits before the point', '1000000000000000000'],
    ['11 decimals', '0.00000000001'],
    ['11 decimals that are zeros', '0.00000000000'],
    ['a megabyte of digits', '1'.repeat(1_000_000)],
    ['a megabyte of zeros', `${'0'.repeat(1_000_000)}1`],
  ])('refuses %s', (_what, text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test('uses other bounds if they are given', () => {
    const bounds = { integerDigits: 3, fractionDigits: 2 };
    expect(parseDecimal('999.99', bounds)).toBe('999.99');
    expect(parseDecimal('1000', bounds)).toBeUndefined();
    expect(parseDecimal('0.001', bounds)).toBeUndefined();
  });
});

describe('percentage', () => {
  test.each<[string | bigint, string | bigint, string]>([
    [0n, 5n, '0.00'],
    [5n, 5n, '100.00'],
    [3n, 2n, '150.00'],
    [1n, 3n, '33.33'],
    [2n, 3n, '66.67'],
    ['9449.87', '9689.88', '97.52'],
    ['0.5', '0.25', '200.00'],
  ])('%s of %s is %s', (part, whole, rate) => {
    expect(percentage(part, whole)).toBe(rate);
  });

  test.each<[bigint, bigint, string]>([
    [1n, 20_000n, '0.01'],
    [201n, 20_000n, '1.01'],
    [203n, 20_000n, '1.02'],
    [19_999n, 20_000n, '100.00'],
    [-1n, 20_000n, '-0.01'],
    [1n, -20_000n, '-0.01'],
    [-201n, 20_000n, '-1.01'],
    [-1n, -20_000n, '0.01'],
  ])('an exact half is rounded away from zero: %s of %s is %s', (part, whole, rate) => {
    expect(percentage(part, whole)).toBe(rate);
  });

  test.each<[bigint, bigint]>([
    [1n, 20_001n],
    [-1n, 20_001n],
    [-1n, 1_000_000n],
  ])('less than half is a zero without a sign: %s of %s', (part, whole) => {
    expect(percentage(part, whole)).toBe('0.00');
  });

  test('rounds once, from the exact quotient: 0.00499999… percent is 0.00, even if its first digits would round to a half', () => {
    const half = 10n ** 60n;
    expect(percentage(half, 20_000n * half)).toBe('0.01');
    expect(percentage(half - 1n, 20_000n * half)).toBe('0.00');
    expect(percentage(1n - half, 20_000n * half)).toBe('0.00');
    expect(percentage(half, 20_000n * half - 1n)).toBe('0.01');
    expect(percentage(half, 20_000n * half + 1n)).toBe('0.00');
  });

  test.each(['0', '0.00', '-0', 0n])('of %s is null', (whole) => {
    expect(percentage('1', whole)).toBeNull();
    expect(percentage('0', whole)).toBeNull();
  });

  test('is half away from zero for all numbers', () => {
    const numbers = fc.bigInt(-(10n ** 20n), 10n ** 20n);
    fc.assert(
      fc.property(
        numbers,
        numbers.filter((whole) => whole !== 0n),
        (part, whole) => {
          const negative = part < 0n !== whole < 0n;
          const [numerator, divisor] = [part < 0n ? -part : part, whole < 0n ? -whole : whole];
          // Hundredths of a percent: add a half, then cut off the rest.
          const hundredths = (numerator * 20_000n + divisor) / (2n * divisor);
          const digits = hundredths.toString().padStart(3, '0');
          const sign = negative && hundredths !== 0n ? '-' : '';
          expect(percentage(part, whole)).toBe(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`);
        },
      ),
      runs(1_000),
    );
  });
});

describe('roundDecimal', () => {
  test.each([
    ['1.005', 2, '1.01'],
    ['-1.005', 2, '-1.01'],
    ['1.0049999999', 2, '1.00'],
    ['89.995', 2, '90.00'],
    ['-0.004', 2, '0.00'],
    ['2.5', 0, '3'],
    ['-2.5', 0, '-3'],
    ['-0.4', 0, '0'],
    ['7', 2, '7.00'],
    ['999999999999999999.995', 2, '1000000000000000000.00'],
  ])('%s on %s decimals is %s', (value, places, rounded) => {
    expect(roundDecimal(value, places)).toBe(rounded);
  });
});

describe('compareDecimals', () => {
  test.each<[string, string, number]>([
    ['2', '10', -1],
    ['10', '2', 1],
    ['1.0', '1', 0],
    ['-1', '-2', 1],
    ['-0.00', '0', 0],
    ['999999999999999999.9999999998', '999999999999999999.9999999999', -1],
  ])('%s to %s is %s', (a, b, order) => {
    expect(compareDecimals(a, b)).toBe(order);
  });
});
