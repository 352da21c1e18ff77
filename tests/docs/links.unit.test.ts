import path from 'node:path';
import { exists, PAGES, proseOf } from './pages';

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');

const hasAnchor = (page: string, anchor: string): boolean =>
  [...proseOf(page).matchAll(/^#+ (.*)$/gm)].some(([, heading]) => anchorOf(heading!) === decodeURIComponent(anchor));

function leads(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  return exists(target) && (anchor === undefined || hasAnchor(target, anchor));
}

test('every page is looked at', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'README.zh-CN.md', 'docs/tour.md', 'docs/adr/README.md']));
});

test.each(PAGES)('the links of %s lead somewhere', (page) => {
  const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !leads(page, link))).toEqual([]);
});

test.each(PAGES)('the paths that %s names exist', (page) => {
  const named = [...proseOf(page).matchAll(/`((?:src|tests|docs|scripts|bench|demo|docker|examples)\/[^`\s]+)`/g)];
  expect(named.map(([, name]) => name!).filter((name) => !exists(name))).toEqual([]);
});

test('a link and a path that lead nowhere would be noticed', () => {
  expect(leads('README.md', 'docs/tour.md#where-does-a-figure-come-from')).toBe(true);
  expect(leads('README.md', 'docs/tour.md#no-such-heading')).toBe(false);
  expect(leads('docs/tour.md', 'docs/tour.md')).toBe(false);
  expect(exists('src/features/*/decider.ts')).toBe(true);
  expect(exists('src/features/*/no-such-file.ts')).toBe(false);
});
