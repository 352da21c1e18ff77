import { read } from '@e965/xlsx';
import fc from 'fast-check';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { csvLine } from '../../../src/exports/formats/csv-line';
import { PROPERTY_TIMEOUT_MS } from '../../support/property';
import { temporaryFolder } from '../../support/temporary-folder';
import { CHANGED, LEFT, oddText } from './texts';

/** LibreOffice opens a CSV file for spreadsheets. `scripts/test` installs LibreOffice. */

const isInstalled = spawnSync('soffice', ['--version']).status === 0;
const withLibreOffice = isInstalled ? test : test.skip;
if (!isInstalled)
  process.stderr.write('LibreOffice is not installed: the tests of CSV files in LibreOffice are skipped\n');

/** Comma, quotation mark, UTF-8, from line 1; LibreOffice detects dates and other special numbers, and evaluates formulas. */
const CSV_FILTER = 'CSV:44,34,76,1,,0,false,true,false,false,false,-1,true';

/** What LibreOffice shows for each text, in one cell of one file. */
async function shownByLibreOffice(texts: readonly string[]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  try {
    const file = path.join(folder.path, 'texts.csv');
    writeFileSync(file, `\ufeffnumber,text\r\n${texts.map((text, index) => csvLine([index, text], true)).join('')}`);
    const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder.path, 'profile')).href}`;
    const conversion = [`--infilter=${CSV_FILTER}`, '--convert-to', 'xlsx', '--outdir', folder.path, file];
    await promisify(execFile)('soffice', [profile, '--headless', ...conversion], { timeout: PROPERTY_TIMEOUT_MS });
    const { Sheets, SheetNames } = read(readFileSync(path.join(folder.path, 'texts.xlsx')), { type: 'buffer' });
    const sheet = Sheets[SheetNames[0]!]!;
    return texts.map((_, index) => {
      const cell = sheet[`B${index + 2}`];
      return String(cell?.w ?? cell?.v ?? '');
    });
  } finally {
    folder.remove();
  }
}

const seed = Date.now();
const AS_THEY_ARE = [...Object.values(CHANGED), ...LEFT, ...fc.sample(oddText(), { numRuns: 3_000, seed })];
const OF_SEVERAL_LINES = ['=1+1\n+1', '12\npm', `=HYPERLINK("https://example.org")\n`];

/** LibreOffice takes seconds to start, so all tests use one file. */
let shown: readonly string[] = [];
beforeAll(async () => {
  if (isInstalled) shown = await shownByLibreOffice([...AS_THEY_ARE, ...OF_SEVERAL_LINES]);
}, PROPERTY_TIMEOUT_MS);

withLibreOffice(`it shows every text unchanged (seed ${seed})`, () => {
  expect(shown.slice(0, AS_THEY_ARE.length)).toEqual(AS_THEY_ARE);
});

withLibreOffice('it evaluates no text of several lines, and shows the formula that protects it', () => {
  const formulas = OF_SEVERAL_LINES.map((text) => `="${text.replaceAll('"', '""')}"`);
  expect(shown.slice(AS_THEY_ARE.length)).toEqual(formulas);
});
