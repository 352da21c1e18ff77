// Prints the table of settings of the built program into docs/configuration.md; with --check, only says whether it is up to date.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { writeOrCheck } from './printed-file.mjs';

const require = createRequire(import.meta.url);
const { ALL_SETTINGS } = require('../dist/app/config/index.js');

const PAGE = 'docs/configuration.md';
const TABLE = /^\| variable \|.*\n(?:\|.*\n)+/m;

const defaultOf = ({ default: text, demoDefault, otherwise }) => {
  const usual = text === undefined ? otherwise : `\`${text}\``;
  return demoDefault === undefined ? usual : `${usual}; in demo mode \`${demoDefault}\``;
};

const table = [
  '| variable | meaning | if not set |',
  '|---|---|---|',
  ...ALL_SETTINGS.map((setting) => `| \`${setting.variable}\` | ${setting.meaning} | ${defaultOf(setting)} |`),
  '',
].join('\n');

const page = readFileSync(new URL(`../${PAGE}`, import.meta.url), 'utf8');
if (!TABLE.test(page)) throw new Error(`${PAGE} has no table of settings`);
writeOrCheck(
  PAGE,
  page.replace(TABLE, () => table),
  'settings',
);
