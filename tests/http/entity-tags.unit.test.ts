import { keepsAny, keptAs, tagInCoding } from '../../src/http/entity-tags';

const TAG = '"abc"';
const [BR, GZIP] = [tagInCoding(TAG, 'br'), tagInCoding(TAG, 'gzip')];

test('each coding has a tag of its own', () => {
  expect([BR, GZIP]).toEqual(['"abc-br"', '"abc-gzip"']);
});

test.each<[string | undefined, string | undefined, string | undefined]>([
  [undefined, undefined, undefined],
  ['', undefined, undefined],
  ['"abc"', undefined, '"abc"'],
  ['W/"abc"', undefined, '"abc"'],
  ['"x", W/"y" ,"abc"', undefined, '"abc"'],
  ['"x","abcd","ab"', undefined, undefined],
  ['abc', undefined, undefined],
  ['"abc', undefined, undefined],
  ['*', undefined, undefined],
  ['"abc-gzip"', 'gzip, br', '"abc-gzip"'],
  ['"abc-br", "abc-gzip"', 'gzip', '"abc-gzip"'],
  ['"abc-gzip"', undefined, undefined],
  ['"abc-gzip"', 'gzip;q=0', undefined],
  ['"abc-gzip"', 'br', undefined],
  ['"abc-deflate"', 'deflate', undefined],
])('of a client that has kept %s and accepts %s, the answer is kept as %s', (kept, accepted, expected) => {
  expect(keptAs(TAG, { 'if-none-match': kept, 'accept-encoding': accepted })).toBe(expected);
});

test('a star names any answer', () => {
  expect([' * ', '"*"', undefined].map((kept) => keepsAny({ 'if-none-match': kept }))).toEqual([true, false, false]);
});
