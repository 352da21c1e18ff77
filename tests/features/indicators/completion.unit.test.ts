import { Completion, completionRate } from '../../../src/features/indicators/completion';

const rate = (direction: Completion['direction'], value?: string, target?: string, targetUpper?: string) =>
  completionRate({ direction, target, targetUpper, latest: value === undefined ? undefined : { value } });

test.each([
  ['AT_LEAST', '97.4', '98', undefined, '99.39'],
  ['AT_LEAST', '98', '98.00', undefined, '100.00'],
  ['AT_LEAST', '250', '100', undefined, '250.00'],
  ['AT_LEAST', '-1', '8', undefined, null],
  ['AT_LEAST', '-0.0000000001', '8', undefined, null],
  ['AT_LEAST', '0', '98', undefined, '0.00'],
  ['AT_LEAST', '2', '3', undefined, '66.67'],
  ['AT_LEAST', '98', '0', undefined, null],
  ['AT_LEAST', '0', '0.00', undefined, null],
  ['AT_LEAST', '-2', '-4', undefined, null],
  ['AT_LEAST', '2', '-4', undefined, null],
  ['AT_LEAST', '1', '0.0000000001', undefined, '1000000000000.00'],
  ['AT_MOST', '4', '5', undefined, '125.00'],
  ['AT_MOST', '10', '5', undefined, '50.00'],
  ['AT_MOST', '0', '5', undefined, null],
  ['AT_MOST', '-1', '5', undefined, null],
  ['AT_MOST', '0', '0', undefined, null],
  ['AT_MOST', '3', '0', undefined, null],
  ['AT_MOST', '-8', '-5', undefined, null],
  ['AT_MOST', '-2', '-5', undefined, null],
  ['AT_MOST', '2', '-5', undefined, null],
  ['EQUAL', '5.0', '5', undefined, '100.00'],
  ['EQUAL', '5.0000000001', '5', undefined, '0.00'],
  ['EQUAL', '0', '0', undefined, '100.00'],
  ['EQUAL', '-5', '-5.0', undefined, '100.00'],
  ['EQUAL', '-5', '5', undefined, '0.00'],
  ['RANGE', '10', '10', '20', '100.00'],
  ['RANGE', '20.00', '10', '20', '100.00'],
  ['RANGE', '9.99', '10', '20', '0.00'],
  ['RANGE', '20.01', '10', '20', '0.00'],
  ['RANGE', '-3', '-5', '0', '100.00'],
  ['RANGE', '-6', '-5', '0', '0.00'],
] as const)('%s: %s of %s (to %s) is %s', (direction, value, target, targetUpper, expected) => {
  expect(rate(direction, value, target, targetUpper)).toBe(expected);
});

test('there is none without an observation', () => {
  expect(rate('AT_LEAST', undefined, '98')).toBeNull();
});

test('there is none without a target', () => {
  expect(rate('AT_LEAST', '98')).toBeNull();
  expect(rate('RANGE', '98', undefined, '99')).toBeNull();
  expect(rate('RANGE', '98', '97')).toBeNull();
});

test('there is none of a qualitative indicator', () => {
  expect(completionRate({ direction: 'QUALITATIVE', latest: {} })).toBeNull();
});
