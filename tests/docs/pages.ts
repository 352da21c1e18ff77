import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** The text of a file, by its path from the project's root. */
export const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The names of the files in a folder and below it, by its path from the project's root. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
