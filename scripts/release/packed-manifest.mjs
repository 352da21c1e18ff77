// What package.json and the lock file say of the npm package: nothing of development. The package carries its own lock file,
// npm-shrinkwrap.json: package-lock.json and the overrides of package.json reach no installation.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SHRINKWRAP = 'npm-shrinkwrap.json';

const readJson = (file) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const withoutDevelopment = ({ devDependencies, scripts, ...others }) => others;

export const manifest = readJson('package.json');

/** Writes both files into a folder. */
export function writePackedManifest(folder) {
  const lock = readJson('package-lock.json');
  const writeJson = (file, value) => writeFileSync(path.join(folder, file), `${JSON.stringify(value, null, 2)}\n`);
  writeJson('package.json', { ...withoutDevelopment(manifest), files: [...manifest.files, SHRINKWRAP] });
  writeJson(SHRINKWRAP, {
    ...lock,
    packages: Object.fromEntries(
      Object.entries(lock.packages)
        .filter(([, { dev }]) => dev !== true)
        .map(([name, entry]) => [name, withoutDevelopment(entry)]),
    ),
  });
}
