import { folded } from '../../src/kernel/case-folding';

test.each([
  ['a capital letter', 'Ä', 'ä'],
  ['full-width letters and digits', 'ＡＢｃ１２', 'abc12'],
  ['an ideographic space', '市　局', '市 局'],
  ['half-width katakana with its mark', 'ｶﾞ', 'ガ'],
  ['a ligature', 'ﬁn', 'FIN'],
  ['a sharp s', 'Straße', 'STRASSE'],
  ['a capital sharp s', 'STRAẞE', 'strasse'],
  ['a final sigma', 'ΟΔΟΣ', 'οδος'],
  ['a sigma inside a word', 'ΣΑΣ', 'σας'],
  ['a letter and its combining mark', 'e\u0301', 'É'],
  ['a compatibility ideograph', '\uf9d1', '\u516d'],
  ['a Cherokee letter', '\uab70', '\u13a0'],
  ['a number in a circle', '①', '1'],
])('%s: %s is as %s', (_what, a, b) => {
  expect(folded(a)).toBe(folded(b));
});

test.each([
  ['a letter without its mark', 'é', 'e'],
  ['the dotted capital I, which is i with a dot above', 'İ', 'i'],
  ['the dotless i', 'ı', 'i'],
  ['simplified and traditional characters', '预', '預'],
])('%s: %s is not as %s', (_what, a, b) => {
  expect(folded(a)).not.toBe(folded(b));
});

test('the dotted capital I is i with a combining dot', () => {
  expect(folded('İ')).toBe('i\u0307');
});

test('a folded letter stays as it is', () => {
  const changed: string[] = [];
  for (let point = 0; point < 0x20000; point++) {
    const once = folded(String.fromCodePoint(point));
    if (folded(once) !== once) changed.push(point.toString(16));
  }
  expect(changed).toEqual([]);
});

test('a Chinese name is as it is written', () => {
  expect(folded('市政务服务数据管理局')).toBe('市政务服务数据管理局');
});
