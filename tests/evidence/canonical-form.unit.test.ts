import fc from 'fast-check';
import { canonicalize } from 'json-canonicalize';
import { canonicalForm, NoCanonicalForm } from '../../src/evidence/canonical-form';
import { runs } from '../support/property';

test('writes the numbers and texts of the sample of RFC 8785', () => {
  const sample = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  expect(canonicalForm(sample)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test('orders members by UTF-16, as RFC 8785 does', () => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const form = canonicalForm(Object.fromEntries(names.map((name) => [name, 0])));
  expect(Object.keys(JSON.parse(`[${form}]`)[0])).toEqual([
    '1',
    '\r',
    '\u0080',
    '\u00f6',
    '\u20ac',
    '\ud83d\ude00',
    '\ufb33',
  ]);
  expect(form.indexOf('\u0080')).toBeLessThan(form.indexOf('\u00f6'));
  expect(form.indexOf('\ud83d\ude00')).toBeLessThan(form.indexOf('\ufb33'));
  expect(form.startsWith('{"\\r":0,"1":0,')).toBe(true);
});

test('keeps members that are null', () => {
  expect(canonicalForm({ b: 1, a: null })).toBe('{"a":null,"b":1}');
});

test.each([
  ['undefined', undefined],
  ['an undefined member', { a: undefined }],
  ['an undefined item', [undefined]],
  ['a hole in a list', [1, , 2]],
  ['half of a surrogate pair in a text', { a: 'x\ud83d' }],
  ['half of a surrogate pair in a name', { '\ude00': 1 }],
  ['-0', [-0]],
  ['NaN', NaN],
  ['infinity', Infinity],
  ['a bigint', 1n],
  ['a date', new Date(0)],
  ['bytes', Buffer.alloc(1)],
  ['a map', new Map()],
  ['a function', () => 1],
  ['a symbol', Symbol('a')],
])('refuses %s', (_, value) => {
  expect(() => canonicalForm(value)).toThrow(NoCanonicalForm);
});

test('agrees with json-canonicalize on all other values', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      fc.pre(!hasMinusZero(value));
      expect(canonicalForm(value)).toBe(canonicalize(value));
    }),
    runs(100),
  );
});

const hasMinusZero = (value: unknown): boolean =>
  Object.is(value, -0) || (typeof value === 'object' && value !== null && Object.values(value).some(hasMinusZero));
