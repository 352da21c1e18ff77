// Builds the page for auditors from web/ into dist/web, with each file compressed beside it: `npm run build:page`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import './documents.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = path.join(root, 'dist/web');

await build({ configFile: path.join(root, 'web/vite.config.mts'), logLevel: 'warn' });

for (const name of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(html|js|css|svg)$/.test(name)) continue;
  const file = path.join(built, name);
  const body = readFileSync(file);
  const size = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  writeFileSync(`${file}.br`, brotliCompressSync(body, { params: size }));
  writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
}
