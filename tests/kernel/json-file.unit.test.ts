import fc from 'fast-check';
import { parseJsonFile } from '../../src/kernel/json-file';

const parse = (text: string): unknown => parseJsonFile(text, (problem) => new RangeError(`it ${problem}`));

test.each<[string, string, unknown]>([
  ['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
  ['the same member in objects beside each other', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
  ['the same member in objects within each other', '{"a":{"a":{"a":1}}}', { a: { a: { a: 1 } } }],
  ['a member after an object that has it too', '{"b":{"a":1},"a":2}', { b: { a: 1 }, a: 2 }],
  ['a value that is like a member', '{"a":"a","b":["a","b"]}', { a: 'a', b: ['a', 'b'] }],
  ['brackets, quotes and colons in texts', '{"{\\"a\\":":"}","a":"\\\\"}', { '{"a":': '}', a: '\\' }],
])('takes %s', (_what, text, value) => {
  expect(parse(text)).toEqual(value);
});

test.each([
  ['at the top', '{"a":1,"b":2,"a":1}', 'a'],
  ['further down', '{"b":[1,{"a":1,"c":{"a":1},"a":2}]}', 'a'],
  ['written in two ways', '{"a":1,"\\u0061" :2}', 'a'],
  ['that every object inherits', '{"__proto__":1,"__proto__":2}', '__proto__'],
  ['before a line break', '{"a"\n:1,"a"\n:2}', 'a'],
])('refuses a member twice %s', (_where, text, name) => {
  expect(() => parse(text)).toThrow(new RangeError(`it has an object with the member "${name}" twice`));
});

test.each(['', '{', '{"a":1}}', "{'a':1}", '\ufeff\ufeff{}'])('refuses %j', (text) => {
  expect(() => parse(text)).toThrow(new RangeError('it is not JSON'));
});

test('takes whatever JSON a program writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
  );
});
