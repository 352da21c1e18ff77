import { ALL_SETTINGS } from '../../src/app/config';
import { textOf } from './pages';

const VARIABLES = ALL_SETTINGS.map(({ variable }) => variable);

/** The variables in the first cells of a page's tables. */
const listedIn = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^\| (`[A-Z_]+`[^|]*) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!),
  );

test('the page of the configuration lists every variable', () => {
  expect([...listedIn('docs/configuration.md')].sort()).toEqual([...VARIABLES].sort());
  expect(VARIABLES.length).toBeGreaterThan(15);
});

test.each(ALL_SETTINGS)('the page says of $variable what the program says', ({ variable, meaning }) => {
  expect(textOf('docs/configuration.md')).toContain(`\n| \`${variable}\` | ${meaning} |`);
});

test.each(['README.md', 'README.zh-CN.md'])('%s names only variables that there are', (page) => {
  const listed = listedIn(page);
  expect(listed.length).toBeGreaterThan(5);
  expect(listed.filter((name) => !VARIABLES.includes(name))).toEqual([]);
});
