import fc from 'fast-check';
import { formatAmount, MONEY_UNITS, MoneyUnit, parseAmount, readYuan } from '../../src/kernel/money';
import { runs } from '../support/property';

const fenOf = (text: string, unit?: MoneyUnit): bigint => {
  const parsed = parseAmount(text, unit);
  if ('problem' in parsed) throw new Error(`${text} ${parsed.problem}`);
  return parsed.fen;
};
const problemOf = (text: string, unit?: MoneyUnit): string | undefined => {
  const parsed = parseAmount(text, unit);
  return 'problem' in parsed ? parsed.problem : undefined;
};

describe('parseAmount', () => {
  test.each<[string, MoneyUnit, bigint]>([
    ['96898800', 'YUAN', 9_689_880_000n],
    ['9689.88', 'WAN_YUAN', 9_689_880_000n],
    ['0.968988', 'YI_YUAN', 9_689_880_000n],
    ['0', 'YUAN', 0n],
    ['0.00', 'YI_YUAN', 0n],
    ['0.01', 'YUAN', 1n],
    ['0.000001', 'WAN_YUAN', 1n],
    ['0.0000000001', 'YI_YUAN', 1n],
    ['0.1', 'YUAN', 10n],
    ['007.50', 'YUAN', 750n],
  ])('%s in %s is %s fen', (text, unit, fen) => {
    expect(fenOf(text, unit)).toBe(fen);
  });

  test('is in yuan if no unit is given', () => {
    expect(fenOf('1.5')).toBe(150n);
  });

  test('takes a plus sign', () => {
    expect(fenOf('+1')).toBe(100n);
  });

  test.each<[string, MoneyUnit, bigint]>([
    ['1.5000000000000000', 'YUAN', 150n],
    ['1.2345670000', 'WAN_YUAN', 1_234_567n],
    ['1.000000000100', 'YI_YUAN', 10_000_000_001n],
  ])('trailing zeros do not count as decimals: %s in %s', (text, unit, fen) => {
    expect(fenOf(text, unit)).toBe(fen);
  });

  test.each<[string, MoneyUnit]>([
    ['0.001', 'YUAN'],
    ['0.0000001', 'WAN_YUAN'],
    ['0.00000000001', 'YI_YUAN'],
    ['1.999', 'YUAN'],
  ])('refuses what is finer than a fen, and does not round it: %s in %s', (text, unit) => {
    expect(problemOf(text, unit)).toBe('must have at most 2 decimals in yuan');
  });

  test.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['a blank before', ' 1'],
    ['a line feed after', '1\n'],
    ['a negative amount', '-1'],
    ['a negative zero', '-0'],
    ['an exponent', '1e3'],
    ['full-width digits', '１２３'],
    ['Arabic digits', '٣'],
    ['hexadecimal', '0x10'],
    ['a group separator', '1,000'],
    ['a decimal comma', '1,5'],
    ['no digit before the point', '.5'],
    ['no digit after the point', '5.'],
    ['two points', '1.2.3'],
    ['two signs', '++1'],
    ['only a sign', '+'],
    ['a currency sign', '¥1'],
    ['a unit', '1万'],
    ['infinity', 'Infinity'],
    ['not a number', 'NaN'],
  ])('refuses %s', (_what, text) => {
    expect(problemOf(text)).toBe('must be a decimal number such as "9689.88", not negative');
  });

  test.each<[string, string, MoneyUnit]>([
    ['9999999999999999.99', '10000000000000000', 'YUAN'],
    ['999999999999.999999', '1000000000000', 'WAN_YUAN'],
    ['99999999.9999999999', '100000000', 'YI_YUAN'],
  ])('%s is the largest amount, and %s in %s is too much', (largest, tooMuch, unit) => {
    expect(fenOf(largest, unit)).toBe(999_999_999_999_999_999n);
    expect(problemOf(tooMuch, unit)).toBe('must be less than 10000000000000000 yuan');
  });

  test('keeps every digit, unlike a float', () => {
    expect(fenOf('9007199254740993.01')).toBe(900_719_925_474_099_301n);
  });

  test.each([['9'.repeat(1_000_000)], [`0.${'0'.repeat(1_000_000)}`]])('refuses a megabyte of digits', (text) => {
    expect(problemOf(text)).toBeDefined();
  });
});

describe('formatAmount', () => {
  test.each<[bigint, string, string, string]>([
    [0n, '0.00', '0.00', '0.00'],
    [1n, '0.01', '0.000001', '0.0000000001'],
    [10n, '0.10', '0.00001', '0.000000001'],
    [100n, '1.00', '0.0001', '0.00000001'],
    [1_000_000n, '10000.00', '1.00', '0.0001'],
    [1_050_000n, '10500.00', '1.05', '0.000105'],
    [9_689_880_000n, '96898800.00', '9689.88', '0.968988'],
    [10_000_000_000n, '100000000.00', '10000.00', '1.00'],
    [12_000_000_000n, '120000000.00', '12000.00', '1.20'],
    [-1n, '-0.01', '-0.000001', '-0.0000000001'],
    [-9_689_880_000n, '-96898800.00', '-9689.88', '-0.968988'],
    [123_456_789_012_345_678_901n, '1234567890123456789.01', '123456789012345.678901', '12345678901.2345678901'],
  ])('%s fen is exact in every unit', (fen, yuan, wanYuan, yiYuan) => {
    expect(MONEY_UNITS.map((unit) => formatAmount(fen, unit))).toEqual([yuan, wanYuan, yiYuan]);
  });

  test('is in yuan if no unit is given', () => {
    expect(formatAmount(150n)).toBe('1.50');
  });

  test('has at least 2 decimals and no zeros after those, and is what parseAmount reads', () => {
    // Of every length, many of them with trailing zeros.
    const amounts = fc
      .tuple(fc.bigInt(0n, 10n ** 9n - 1n), fc.integer({ min: 0, max: 9 }))
      .map(([digits, zeros]) => digits * 10n ** BigInt(zeros));
    fc.assert(
      fc.property(amounts, fc.constantFrom(...MONEY_UNITS), (fen, unit) => {
        const text = formatAmount(fen, unit);
        expect(text).toMatch(/^\d+\.\d\d(\d*[1-9])?$/);
        expect(fenOf(text, unit)).toBe(fen);
        expect(formatAmount(-fen, unit)).toBe(fen === 0n ? '0.00' : `-${text}`);
      }),
      runs(500),
    );
  });
});

describe('readYuan', () => {
  test.each<[string, bigint]>([
    ['0.00', 0n],
    ['-0.05', -5n],
    ['96898800.00', 9_689_880_000n],
    ['5', 500n],
    ['-12', -1_200n],
  ])('%s is %s fen', (text, fen) => {
    expect(readYuan(text)).toBe(fen);
  });

  test('reads what formatAmount wrote, of either sign', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 21n), 10n ** 21n), (fen) => {
        expect(readYuan(formatAmount(fen))).toBe(fen);
      }),
      runs(500),
    );
  });

  test.each(['1.5', '1.234', 'x', '1.2.3', '1e2'])('throws at %s, which no event contains', (text) => {
    expect(() => readYuan(text)).toThrow(SyntaxError);
  });
});
