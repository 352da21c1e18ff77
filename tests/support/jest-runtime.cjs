// Loads modules as Node does, instead of in a context of jest's own for each file of tests. There, each use of a global is slow, and all
// packages are loaded and compiled anew, which took half of the time of the tests (docs/adr/0062).
const { createRequire } = require('node:module');
const path = require('node:path');
// It keeps the matchers on `globalThis`, for all files of tests.
require('expect');
const { default: Runtime } = require('jest-runtime');
const { sourceMaps } = require('./run-typescript.cjs');

const inRoot = (part) => path.join(__dirname, '../..', part);
/** The server keeps nothing in its modules that one ledger could leave to the next, so they are loaded once, as packages are. */
const LOADED_ONCE = [inRoot('node_modules/'), inRoot('src/'), require.resolve('./run-typescript.cjs')];
/** What only the modules of jest's own could do. */
const UNSUPPORTED = ['mock', 'doMock', 'setMock', 'resetModules', 'isolateModules', 'isolateModulesAsync'];

module.exports = class NodeModules extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    const { jest } = this.requireModuleOrMock(testPath, '@jest/globals');
    environment.global.jest = { ...jest, ...Object.fromEntries(UNSUPPORTED.map((name) => [name, unsupported(name)])) };
  }

  requireModule(from, name = from) {
    return createRequire(from)(name);
  }

  /** jest-circus keeps the tests of one file in its module. */
  requireInternalModule(from) {
    delete require.cache[from];
    return this.requireModule(from);
  }

  getSourceMaps() {
    return sourceMaps;
  }

  /** `process` is Node's own, and stays as it is. */
  installGetBuiltinModule() {}

  teardown() {
    super.teardown();
    for (const file of Object.keys(require.cache)) {
      if (!LOADED_ONCE.some((part) => file.startsWith(part))) delete require.cache[file];
    }
  }
};

const unsupported = (name) => () => {
  throw new Error(`Tests run with the modules of Node, so there is no jest.${name}`);
};
