const { availableParallelism } = require('node:os');
const timeLimits = require('./tests/support/time-limits.json');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['reflect-metadata', '<rootDir>/tests/support/quick-graphql.cjs'],
  testSequencer: './tests/support/longest-first.cjs',
  // Many tests wait for servers and other processes, so more tests than cores run at the same time.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  testTimeout: timeLimits.test,
  // jest runs modules in a context of their own, where each use of a global takes 150 ns instead of 1. Each module gets these as
  // parameters. readable-stream has variables of its own that are named Error, Number, Promise, String and Symbol.
  sandboxInjectedGlobals: ['Array', 'BigInt', 'Map', 'Math', 'Object', 'Reflect', 'Set', 'WeakMap'],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
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
