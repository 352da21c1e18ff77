const { availableParallelism, totalmem } = require('node:os');
const timeLimits = require('./tests/support/time-limits.json');

/** Of a worker with the servers and the browser that its test has started. */
const BYTES_OF_A_WORKER = 2 * 1024 ** 3;

/** @type {import('jest').Config} */
module.exports = {
  runtime: './tests/support/jest-runtime.cjs',
  testEnvironment: './tests/support/jest-environment.cjs',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['reflect-metadata', '<rootDir>/tests/support/quick-graphql.cjs'],
  testSequencer: './tests/support/longest-first.cjs',
  // Many tests wait for servers and other processes, so more tests than cores run at the same time.
  maxWorkers: Math.max(1, Math.min(2 * availableParallelism(), Math.floor(totalmem() / BYTES_OF_A_WORKER))),
  testTimeout: timeLimits.test,
  transform: {},
};
