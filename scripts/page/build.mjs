// Builds the page for auditors from web/ into dist/web, with each file compressed beside it, and the manifest of its documents:
// `npm run build:page`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import ts from 'typescript';
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

// The server trusts what its own page sends. The format is that of every manifest of trusted documents.
const { outputText } = ts.transpileModule(readFileSync(path.join(root, 'web/src/generated/documents.ts'), 'utf8'), {
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
});
const exported = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
const texts = Object.entries(exported)
  .filter(([name]) => name.endsWith('Document'))
  .map(([, document]) => document.toString());
const manifest = Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
writeFileSync(path.join(built, 'documents.json'), JSON.stringify(manifest));
