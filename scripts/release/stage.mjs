// Puts what the npm package has into a folder, for `npm pack`: node scripts/release/stage.mjs <new folder>
//
// The package carries its own lock file, npm-shrinkwrap.json: package-lock.json and the overrides of package.json reach no installation.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const BUILT = ['dist/main.js', 'dist/cli/main.js', 'dist/web/index.html'];
const SHRINKWRAP = 'npm-shrinkwrap.json';
const ALWAYS_PACKED = ['LICENSE', 'README.md'];

const [folder] = process.argv.slice(2);
if (folder === undefined || existsSync(folder)) throw new Error('expected the path of a new folder');
const missing = BUILT.filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`${missing.join(', ')}: not built; run: npm run build`);

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file, value) => writeFileSync(path.join(folder, file), `${JSON.stringify(value, null, 2)}\n`);
const withoutDevelopment = ({ devDependencies, scripts, ...others }) => others;

const manifest = readJson('package.json');
const lock = readJson('package-lock.json');
mkdirSync(folder);
for (const name of [...ALWAYS_PACKED, ...manifest.files.filter((file) => !file.startsWith('!'))]) {
  cpSync(name, path.join(folder, name), { recursive: true });
}
writeJson('package.json', { ...withoutDevelopment(manifest), files: [...manifest.files, SHRINKWRAP] });
writeJson(SHRINKWRAP, {
  ...lock,
  packages: Object.fromEntries(
    Object.entries(lock.packages)
      .filter(([, { dev }]) => dev !== true)
      .map(([name, entry]) => [name, withoutDevelopment(entry)]),
  ),
});
