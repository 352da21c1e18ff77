import { textOf } from './pages';

const TERMS = [...textOf('docs/glossary.md').matchAll(/^\| (?!word|-)(.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, word, chinese, meaning]) => ({ word: word!.replace(' `*`', ''), chinese, meaning }),
);

test('each word has one meaning', () => {
  const words = TERMS.flatMap(({ word }) => word.split(', '));
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  expect(words.length).toBeGreaterThan(100);
});

test('each word has a Chinese term', () => {
  expect(TERMS.filter(({ chinese }) => !/\p{Script=Han}/u.test(chinese!))).toEqual([]);
});
