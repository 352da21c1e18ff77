// Puts what the npm package has into a folder, for `npm pack`: node scripts/release/stage.mjs <new folder>
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { manifest, writePackedManifest } from './packed-manifest.mjs';

const BUILT = ['dist/main.js', 'dist/cli/main.js', 'dist/web/index.html'];
const ALWAYS_PACKED = ['LICENSE', 'README.md'];

const [folder] = process.argv.slice(2);
if (folder === undefined || existsSync(folder)) throw new Error('expected the path of a new folder');
const missing = BUILT.filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`${missing.join(', ')}: not built; run: npm run build`);

mkdirSync(folder);
for (const name of [...ALWAYS_PACKED, ...manifest.files.filter((file) => !file.startsWith('!'))]) {
  cpSync(name, path.join(folder, name), { recursive: true });
}
writePackedManifest(folder);
