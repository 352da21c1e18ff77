import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A built file, as it is and compressed. */
export interface PageFile {
  readonly body: Buffer;
  readonly brotli?: Buffer;
  readonly gzip?: Buffer;
  readonly type: string;
}

/** What `npm run build` has built from web/. */
export const BUILT_PAGE = path.join(__dirname, '../../../dist/web');
export const START = 'index.html';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of the page by their path below /app/; undefined if it has not been built. A few hundred kilobytes. */
export function readPage(folder: string): ReadonlyMap<string, PageFile> | undefined {
  if (!existsSync(path.join(folder, START))) return undefined;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names.flatMap((name) => {
      const type = TYPES[path.extname(name)];
      return type === undefined
        ? []
        : [[name.split(path.sep).join('/'), fileAt(path.join(folder, name), type)] as const];
    }),
  );
}

const fileAt = (file: string, type: string): PageFile => ({
  body: readFileSync(file),
  brotli: readIfThere(`${file}.br`),
  gzip: readIfThere(`${file}.gz`),
  type,
});

const readIfThere = (file: string): Buffer | undefined => (existsSync(file) ? readFileSync(file) : undefined);
