// Lets plain Node run TypeScript: node --require ./tests/support/run-typescript.cjs script.ts. For the tests, and for the separate
// processes that they start. Compiled files are kept, because tests start many processes.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const compilerOptions = require('./swc.json');

const root = path.join(__dirname, '../..');
const folder = path.join(root, 'node_modules/.cache/run-typescript');
// Node reads no source maps here, and they are most of a compiled file: they are kept beside it.
const options = { ...compilerOptions, sourceMaps: true, swcrc: false };
const compiler = JSON.stringify([require('@swc/core/package.json').version, options]);

/** The file of the source map of each file that runs. */
const sourceMaps = new Map();

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const name = createHash('sha256').update(`${compiler}\0${filename}\0`).update(source).digest('hex');
  const kept = path.join(folder, name);
  sourceMaps.set(filename, `${kept}.map`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    // Not compiled yet.
  }
  const { code, map } = require('@swc/core').transformSync(source, { ...options, filename });
  mkdirSync(folder, { recursive: true });
  keep(`${kept}.map`, map);
  keep(kept, code);
  return code;
}

/** Another process never reads half a file. */
function keep(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

// The names that tsconfig.json gives to files.
const { paths } = require('../../tsconfig.json').compilerOptions;
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [file] = paths[request] ?? [];
  return resolve.call(this, file === undefined ? request : path.join(root, file), ...rest);
};

module.exports = { sourceMaps };
