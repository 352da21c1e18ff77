// Lets plain Node run TypeScript: node --require ./tests/support/run-typescript.cjs script.ts. For tests that need a separate
// process; compiled as jest compiles them.
const { transformFileSync } = require('@swc/core');
const { transform } = require('../../jest.config.js');

const [[, options]] = Object.values(transform);

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformFileSync(filename, options).code, filename);
};
