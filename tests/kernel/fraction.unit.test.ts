import { ceiling, dividedBy, floor, fractionOf, minus, plus, rounded, sum, times } from '../../src/kernel/fraction';

test.each([
  ['0.005', '0.01'],
  ['-0.005', '-0.01'],
  ['0.004', '0.00'],
  ['-0.004', '0.00'],
  ['89.995', '90.00'],
  ['89.9949999999', '89.99'],
  ['12', '12.00'],
])('%s is rounded half away from zero to %s', (value, expected) => {
  expect(rounded(fractionOf(value), 2)).toBe(expected);
});

test.each([
  ['2.1', '2.00', '3.00'],
  ['2', '2.00', '2.00'],
  ['-2.1', '-3.00', '-2.00'],
  ['-2', '-2.00', '-2.00'],
  ['0', '0.00', '0.00'],
])('%s is between the whole numbers %s and %s', (value, below, above) => {
  expect(rounded(floor(fractionOf(value)), 2)).toBe(below);
  expect(rounded(ceiling(fractionOf(value)), 2)).toBe(above);
});

test('a third of three is one, exactly', () => {
  const third = dividedBy(fractionOf('1'), fractionOf('3'));
  const left = minus(fractionOf('1'), plus(third, times(third, fractionOf('2'))));
  expect(left.numerator).toBe(0n);
});

test('the denominator of a quotient is above 0', () => {
  expect(dividedBy(fractionOf('1'), fractionOf('-4'))).toEqual({ numerator: -1n, denominator: 4n });
});

test('nothing is divided by 0', () => {
  expect(() => dividedBy(fractionOf('1'), fractionOf('0.00'))).toThrow(RangeError);
});

test('a long list is added exactly', () => {
  const parts = Array.from({ length: 1_001 }, (_, index) => dividedBy(fractionOf('1'), fractionOf(`${index + 1}`)));
  const telescoped = parts.map((part, index) => minus(part, parts[index + 1] ?? fractionOf('0')));
  expect(rounded(sum(telescoped), 10)).toBe('1.0000000000');
  expect(rounded(sum([]), 2)).toBe('0.00');
});
