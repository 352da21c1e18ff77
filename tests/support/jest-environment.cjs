const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const { exit } = process;

/** Tests run in the context of Node itself. What a file of tests leaves on the process and on `globalThis` goes with it. */
module.exports = class NodeItself {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #globals = Object.getOwnPropertyDescriptors(globalThis);
  #variables = { ...process.env };
  #exitCode = process.exitCode;

  constructor({ projectConfig: config }) {
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    // jest has put a function of its own around it.
    process.exit = exit;
    process.exitCode = this.#exitCode;
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    // jest keeps the tests of the file under symbols. Packages keep what they need under names.
    const isNew = (symbol) => !Object.hasOwn(this.#globals, symbol);
    for (const symbol of Object.getOwnPropertySymbols(globalThis).filter(isNew))
      Reflect.deleteProperty(globalThis, symbol);
    Object.defineProperties(globalThis, this.#globals);
  }
};
