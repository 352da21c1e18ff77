// Prints the licences of all production dependencies to docs/licences.md; with --check, only says whether the file is up to date.
// Fails if a licence is not on the list of those that go with Apache-2.0.
import { readFileSync } from 'node:fs';
import { isAllowed, LICENCES } from './allowed-licences.mjs';
import { writeOrCheck } from './printed-file.mjs';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const packages = Object.entries(lock.packages)
  .filter(([path, { dev }]) => path !== '' && !dev)
  .map(([path, { version, license = '(none)' }]) => ({ name: path.split('node_modules/').at(-1), version, license }));
const unique = [...new Map(packages.map((each) => [`${each.name}@${each.version}`, each])).entries()]
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([, each]) => each);
if (unique.length < 100) throw new Error(`package-lock.json names only ${unique.length} production dependencies`);

const refused = unique.filter(({ license }) => !isAllowed(license));
for (const { name, version, license } of refused) console.error(`${name}@${version}: ${license} is not allowed`);
if (refused.length > 0) process.exit(1);

writeOrCheck(
  'docs/licences.md',
  `# Licences

This page is printed from package-lock.json: \`npm run licences\`. It lists the ${unique.length} packages that Mingjian needs to run,
with the packages that those need. Tools for building and testing are not among them. Mingjian is under Apache-2.0. These licences go with it:
${LICENCES.join(', ')}. A package under another licence fails the test run.

| package | version | licence |
|---|---|---|
${unique.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`).join('\n')}
`,
  'licences',
);
