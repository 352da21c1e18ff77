import { textOf } from './pages';

/** The variables of src/app/config.ts, by the lines of its schema. */
const VARIABLES = [...textOf('src/app/config.ts').matchAll(/^ {4}([A-Z_]+):/gm)].map(([, name]) => name!);

/** The variables in the first cells of a page's tables. */
const listedIn = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^\| (`[A-Z_]+`[^|]*) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!),
  );

test('the page of the configuration lists every variable', () => {
  expect([...listedIn('docs/configuration.md')].sort()).toEqual([...VARIABLES].sort());
  expect(VARIABLES.length).toBeGreaterThan(15);
});

test.each(['README.md', 'README.zh-CN.md'])('%s names only variables that there are', (page) => {
  const listed = listedIn(page);
  expect(listed.length).toBeGreaterThan(5);
  expect(listed.filter((name) => !VARIABLES.includes(name))).toEqual([]);
});
