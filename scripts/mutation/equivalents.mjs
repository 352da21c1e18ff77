// The mutants that no test can notice, each with its reason (equivalents.json).
import { existsSync, readFileSync } from 'node:fs';

const listed = JSON.parse(readFileSync(new URL('./equivalents.json', import.meta.url), 'utf8'));

export const oneLine = (text) => text.replace(/\s+/g, ' ');
const isMeant = (entry, { file, line, before, after }) =>
  entry.file === file && entry.line === line && entry.before === oneLine(before) && entry.after === oneLine(after);

export const reasonOf = (mutant) => listed.find((entry) => isMeant(entry, mutant))?.reason;

/** Those of the mutated files that are listed, and are no mutant any more or are noticed after all; and those of no file. */
export const outdated = (files, survivors) =>
  listed.filter(
    (entry) =>
      (files.includes(entry.file) || !existsSync(entry.file)) && !survivors.some((mutant) => isMeant(entry, mutant)),
  );
