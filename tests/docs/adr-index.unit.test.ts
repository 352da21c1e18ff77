import path from 'node:path';
import { pathsIn, textOf } from './pages';

const FOLDER = 'docs/adr';
const ROW = /^\| (\d+) \| \[(.+)\]\((.+\.md)\) \| .+ \|$/gm;

test('the index lists every decision by its number and its title', () => {
  const rows = [...textOf(`${FOLDER}/README.md`).matchAll(ROW)].map(([, number, title, file]) => ({
    file,
    heading: `# ${number!}. ${title!}`,
  }));
  const files = pathsIn(FOLDER)
    .map((file) => path.basename(file))
    .filter((file) => /^\d{4}-/.test(file));
  const decisions = files.sort().map((file) => ({ file, heading: textOf(`${FOLDER}/${file}`).split('\n')[0] }));
  expect(rows).toEqual(decisions);
  expect(rows.length).toBeGreaterThan(20);
});

test('the number of a decision is in the name of its file, and no other decision has it', () => {
  const rows = [...textOf(`${FOLDER}/README.md`).matchAll(ROW)];
  for (const [, number, , file] of rows) expect(file!.slice(0, 5)).toBe(`${number!.padStart(4, '0')}-`);
  expect(new Set(rows.map(([, number]) => number)).size).toBe(rows.length);
});
