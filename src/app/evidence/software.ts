import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The name and version of this program. */
export const software = (): string => `mingjian ${versionIn(__dirname)}`;

/** The version in the nearest package.json: compiled files may be in a folder of their own. */
function versionIn(folder: string): string {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  const parent = path.dirname(folder);
  return parent === folder ? 'of an unknown version' : versionIn(parent);
}
