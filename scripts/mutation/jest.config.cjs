const path = require('node:path');
const config = require('../../jest.config.js');

module.exports = {
  ...config,
  rootDir: path.join(__dirname, '../..'),
  testEnvironment: path.join(__dirname, 'environment.cjs'),
  setupFilesAfterEnv: [path.join(__dirname, 'repeat.cjs')],
  // A test is repeated many times.
  testTimeout: 600_000,
  reporters: [path.join(__dirname, 'silent-reporter.cjs')],
  transform: Object.fromEntries(
    Object.entries(config.transform).map(([pattern, [, options]]) => [
      pattern,
      [path.join(__dirname, 'transform.cjs'), options],
    ]),
  ),
};
