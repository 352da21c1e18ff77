const path = require('node:path');
const compilerOptions = require('../../tests/support/swc.json');
const config = require('../../jest.config.js');

module.exports = {
  ...config,
  rootDir: path.join(__dirname, '../..'),
  // Each file of tests has modules of its own: what a mutant leaves behind in them goes with the file.
  runtime: undefined,
  testEnvironment: path.join(__dirname, 'environment.cjs'),
  setupFilesAfterEnv: [path.join(__dirname, 'repeat.cjs')],
  // A test is repeated many times.
  testTimeout: 600_000,
  reporters: [path.join(__dirname, 'silent-reporter.cjs')],
  // jest runs modules in a context of their own, where each use of a global takes 150 ns instead of 1. Each module gets these as
  // parameters. readable-stream has variables of its own that are named Error, Number, Promise, String and Symbol.
  sandboxInjectedGlobals: ['Array', 'BigInt', 'Map', 'Math', 'Object', 'Reflect', 'Set', 'WeakMap'],
  transform: {
    '^.+\\.[jt]s$': [path.join(__dirname, 'transform.cjs'), { ...compilerOptions, sourceMaps: 'inline' }],
  },
  // jest cannot require files that end with .mjs. These packages have the same code for older loaders.
  moduleNameMapper: {
    '^(d3-[a-z-]+|internmap)$': '<rootDir>/node_modules/$1/dist/$1.js',
    '^mingjian-client$': '<rootDir>/client/src/index.ts',
    // Tests of what the page keeps need no component, and preact itself is only there as .mjs.
    '^@preact/signals$': '<rootDir>/node_modules/@preact/signals-core/dist/signals-core.js',
  },
  // ESM-only packages, which Node itself can require but jest has to transform.
  transformIgnorePatterns: [
    '/node_modules/(?!(hyparquet|hyparquet-writer|jose|cookie|temporal-polyfill|temporal-utils|fast-png|iobuffer)/)',
  ],
};
