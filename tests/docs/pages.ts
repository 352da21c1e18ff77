import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** The text of a file, by its path from the project's root. */
export const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The files and folders in a folder and below it, all by their paths from the project's root. */
export const pathsIn = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));

/** Whether a path from the project's root exists. `*`, and a placeholder such as `<feature>`, stand for any part of one name. */
export function exists(name: string): boolean {
  const pattern = name.replace(/<[^>]+>/g, '*');
  if (!pattern.includes('*')) return existsSync(path.join(ROOT, pattern));
  const regexp = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+').replace(/\/$/, '')}$`);
  return pathsIn(pattern.slice(0, pattern.indexOf('/'))).some((found) => regexp.test(found));
}

/** All pages of documentation. */
export const PAGES: readonly string[] = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...pathsIn('docs').filter((file) => file.endsWith('.md')),
  'client/README.md',
];

/** A page without its blocks of code. */
export const proseOf = (page: string): string => textOf(page).replace(/^( *)```[^]*?^\1```$/gm, '');
