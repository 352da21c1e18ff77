import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const BUILT = path.join(__dirname, '../../dist/web');
const MOST_BYTES = 90_000;

/** What a browser has to load before it shows anything. The code of a view and of charts is loaded when they are shown. */
test('the first view is small', () => {
  const html = readFileSync(path.join(BUILT, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/app\/(assets\/[^"]+)"/g)].map(([, name]) => name!);
  expect(files.filter((name) => /\.(js|css)$/.test(name)).length).toBeGreaterThanOrEqual(2);
  const bytes = ['index.html', ...files].map((name) => statSync(path.join(BUILT, `${name}.gz`)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
});
