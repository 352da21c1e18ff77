import fc from 'fast-check';
import { canonicalize } from 'json-canonicalize';
import { canonicalJson, storableJson } from '../../src/kernel/json';
import { runs } from '../support/property';

describe('canonicalJson', () => {
  test.each<[string, unknown, unknown]>([
    ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['the order of keys further down', { x: [{ a: 1, b: { c: 1, d: 2 } }] }, { x: [{ b: { d: 2, c: 1 }, a: 1 }] }],
    ['a member that is null', { a: 1, b: null }, { a: 1 }],
    ['a member that is undefined', { a: 1, b: undefined }, { a: 1 }],
    ['an empty member further down', { a: { b: null } }, { a: {} }],
    ['the class', Object.assign(new (class Input {})(), { a: 1 }), { a: 1 }],
    ['keys that look like numbers', { 10: 'a', 9: 'b', x: 'c' }, { x: 'c', 9: 'b', 10: 'a' }],
  ])('does not depend on %s', (_what, one, other) => {
    expect(canonicalJson(one)).toBe(canonicalJson(other));
  });

  test.each<[string, unknown, unknown]>([
    ['values', { a: 1 }, { a: 2 }],
    ['a text and a number', { a: '1' }, { a: 1 }],
    ['a text and its trimmed form', { a: '1.0' }, { a: '1.00' }],
    ['the order of a list', { a: [1, 2] }, { a: [2, 1] }],
    ['a list with and without null', { a: [null] }, { a: [] }],
    ['false and nothing', { a: false }, {}],
    ['0 and nothing', { a: 0 }, {}],
    ['an empty text and nothing', { a: '' }, {}],
    ['an empty list and nothing', { a: [] }, {}],
    ['an empty object and nothing', { a: {} }, {}],
    ['the name of a key', { a: 1 }, { b: 1 }],
    ['the position of a member', { a: { b: 1 } }, { a: {}, b: 1 }],
    ['texts that look like JSON', { a: '","b":"' }, { a: '', b: '' }],
  ])('distinguishes %s', (_what, one, other) => {
    expect(canonicalJson(one)).not.toBe(canonicalJson(other));
  });

  test('keeps a key that objects inherit', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1},"constructor":2}'))).toBe(
      '{"__proto__":{"a":1},"constructor":2}',
    );
  });

  test('is JSON of the same value', () => {
    const dictionaries = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(dictionaries, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual({ ...value });
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text);
      }),
      runs(300),
    );
  });
});

describe('storableJson', () => {
  test('is the canonical form of what is read back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })), (value) => {
        const text = storableJson(value);
        const readBack: unknown = JSON.parse(text);
        expect(readBack).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).toBe(canonicalize(readBack));
      }),
      runs(300),
    );
  });

  test('keeps members that are null, and leaves out those that are undefined', () => {
    expect(storableJson({ b: null, a: undefined, c: [undefined, { d: undefined }] })).toBe('{"b":null,"c":[null,{}]}');
  });

  test.each([NaN, Infinity])('refuses %s, which JSON cannot write', (number) => {
    expect(() => storableJson({ list: [{ number }] })).toThrow(TypeError);
  });
});
