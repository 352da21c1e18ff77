// Lets plain Node run TypeScript: node --require ./tests/support/run-typescript.cjs script.ts. For tests that need a separate
// process; compiled as jest compiles them. Compiled files are kept, because tests start many processes.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { transform } = require('../../jest.config.js');

const [[, jestOptions]] = Object.values(transform);
// Node reads no source maps here, and they are most of a compiled file.
const options = { ...jestOptions, sourceMaps: false };
const folder = path.join(__dirname, '../../node_modules/.cache/run-typescript');
const compiler = JSON.stringify([require('@swc/core/package.json').version, options]);

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const name = createHash('sha256').update(`${compiler}\0${filename}\0`).update(source).digest('hex');
  const kept = path.join(folder, name);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    // Not compiled yet.
  }
  const { code } = require('@swc/core').transformSync(source, { ...options, filename });
  mkdirSync(folder, { recursive: true });
  // Another process never reads half a file.
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}
