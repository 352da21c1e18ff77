// A committed file that the built program prints. With --check, fails if the file says something else.
import { readFileSync, writeFileSync } from 'node:fs';

/** @param {string} name path from the project's root @param {string} printed @param {string} script the npm script that prints it */
export function writeOrCheck(name, printed, script) {
  const file = new URL(`../${name}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, printed);
  } else if (readFileSync(file, 'utf8') !== printed) {
    console.error(`${name} is not what the code prints; run: npm run build && npm run ${script}`);
    process.exit(1);
  }
}
