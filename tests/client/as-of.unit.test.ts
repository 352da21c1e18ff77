import { asEffectiveAt, asKnownAt, atPosition, isPinned, NOW, pinned } from '../../client/src/index';
import { isAfter } from '../../client/src/as-of';

test('the moments of both clocks are what the API takes', () => {
  expect(NOW).toEqual({});
  expect(asKnownAt('2023-06-30')).toEqual({ knownAt: '2023-06-30' });
  expect(asKnownAt('2023-06-30', '2023-05-31')).toEqual({ knownAt: '2023-06-30', effectiveAt: '2023-05-31' });
  expect(asEffectiveAt('2023-06-30T12:00:00+08:00')).toEqual({ effectiveAt: '2023-06-30T12:00:00+08:00' });
  expect(asEffectiveAt(new Date('2023-06-30T04:00:00Z'))).toEqual({ effectiveAt: '2023-06-30T04:00:00.000Z' });
  expect(atPosition(12n)).toEqual({ position: '12' });
  expect(atPosition('12', '2023-06-30')).toEqual({ position: '12', effectiveAt: '2023-06-30' });
});

test('a snapshot is pinned by its position and its effective moment', () => {
  expect(pinned({ position: '7', effectiveAt: null })).toEqual({ position: '7' });
  const effectiveAt = '2023-06-30T15:59:59.999Z';
  expect(pinned({ position: '7', effectiveAt })).toEqual({ position: '7', effectiveAt });
});

test('only a position is pinned: the date of today means now', () => {
  expect([NOW, asKnownAt('2023-06-30'), asEffectiveAt('2023-06-30'), atPosition('0')].map(isPinned)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test.each(['2023-06-30T12:00:00', '2023-06', '30.06.2023', 'yesterday', '', '2023-06-30Z'])(
  '%p is no moment: it has no day, or no zone',
  (text) => {
    expect(() => asKnownAt(text)).toThrow(RangeError);
    expect(() => asKnownAt('2023-06-30', text)).toThrow(RangeError);
    expect(() => asEffectiveAt(text)).toThrow(RangeError);
  },
);

test.each(['', '-1', '1.5', '1e3', 'latest', '123456789012345678901'])('%p is no position', (text) => {
  expect(() => atPosition(text)).toThrow(RangeError);
});

test('a date that is none is refused', () => {
  expect(() => asKnownAt(new Date('soon'))).toThrow(RangeError);
});

test('positions are compared as numbers of 64 bits', () => {
  expect(isAfter('10', '9')).toBe(true);
  expect(isAfter('18446744073709551615', '18446744073709551614')).toBe(true);
  expect(isAfter('9007199254740993', '9007199254740993')).toBe(false);
});
