const { availableParallelism } = require('node:os');
const timeLimits = require('./tests/support/time-limits.json');

/** @type {import('jest').Config} */
module.exports = {
  runtime: './tests/support/jest-runtime.cjs',
  testEnvironment: './tests/support/jest-environment.cjs',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['reflect-metadata', '<rootDir>/tests/support/quick-graphql.cjs'],
  testSequencer: './tests/support/longest-first.cjs',
  // Many tests wait for servers and other processes, so more tests than cores run at the same time.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  testTimeout: timeLimits.test,
  transform: {},
};
