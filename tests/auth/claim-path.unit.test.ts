import fc from 'fast-check';
import { claimAt, parseClaimPath } from '../../src/auth/claim-path';
import { jsonPointer } from '../../src/kernel/json-pointer';

test.each([
  ['roles', ['roles']],
  ['realm_access.roles', ['realm_access', 'roles']],
  ['resource_access.mingjian.roles', ['resource_access', 'mingjian', 'roles']],
  ['/resource_access/mingjian.web/roles', ['resource_access', 'mingjian.web', 'roles']],
  ['https://mingjian.example/roles', ['https://mingjian.example/roles']],
  ['/https:~1~1mingjian.example/~0roles', ['https://mingjian.example', '~roles']],
])('%s is a path', (text, path) => {
  expect(parseClaimPath(text)).toEqual(path);
});

test.each(['', '.', 'a..b', 'a.', '/', '/a//b', '/a~2', ' a', 'a b .c'])('%j is no path', (text) => {
  expect(parseClaimPath(text)).toBeUndefined();
});

test('finds only what the claims have themselves, through objects', () => {
  const claims = { a: { b: ['x'] }, list: [{ b: 1 }], text: 'abc', none: null };
  expect(claimAt(claims, ['a', 'b'])).toEqual(['x']);
  const paths = [
    'b',
    'a.c',
    'list.0',
    'text.length',
    'none.a',
    'constructor',
    'constructor.name',
    '__proto__',
    'a.__proto__',
  ];
  for (const path of paths) expect(claimAt(claims, path.split('.'))).toBeUndefined();
});

test('a JSON Pointer can write every name', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== '__proto__');
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
      const claims = names.reduceRight<unknown>((value, key) => ({ [key]: value }), 'found');
      expect(claimAt(claims, parseClaimPath(jsonPointer(names))!)).toBe('found');
    }),
  );
});
