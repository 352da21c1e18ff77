// Switches on the mutant that MUTANT names; a test file then goes no further than its first failure. Without a mutant, has the
// tests repeated with each (repeat.cjs), and writes down under MUTATION_NOTES what came of it.
const { createHash } = require('node:crypto');
const { renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

/** What the tests of one file meet. */
class Mutation {
  active = process.env.MUTANT || undefined;
  repeats = this.active === undefined;
  /** The mutants that the file comes past, and those of them that it notices. */
  met = new Set();
  noticed = new Set();
  /** The mutants that the tests are repeated with. */
  left = new Set(process.env.MUTANTS_LEFT.split(','));
  /** A mutant has left something behind: what fails from then on means nothing. */
  isSpoilt = false;

  /** What jest runs before and after each run of the test that runs now. */
  hooks = { before: [], after: [] };

  /** Something failed that no mutant explains. */
  hasFailed = false;

  /** Something failed while no mutant was on: one before it may have left something behind. */
  fail() {
    if (this.noticed.size > 0) this.isSpoilt = true;
    if (!this.isSpoilt) this.hasFailed = true;
  }

  isActive(id) {
    this.met.add(id);
    this.metNow?.add(id);
    return id === this.active;
  }

  /** The mutants that are met while it runs. */
  async during(run) {
    const met = (this.metNow = new Set());
    try {
      await run();
    } catch (error) {
      this.fail();
      throw error;
    } finally {
      this.metNow = undefined;
    }
    return met;
  }
}

/** The hooks of the test, in the order in which jest runs them. */
function eachHooksOf({ parent }) {
  if (parent === undefined) return { before: [], after: [] };
  const outer = eachHooksOf(parent);
  const ofType = (type) => parent.hooks.filter((hook) => hook.type === type).map(({ fn }) => fn);
  return { before: [...outer.before, ...ofType('beforeEach')], after: [...ofType('afterEach'), ...outer.after] };
}

module.exports = class MutationEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.test = path.relative(config.globalConfig.rootDir, context.testPath);
    this.mutation = this.global.mutation = new Mutation();
    this.global.__mutant__ = (id) => this.mutation.isActive(id);
    this.hasFailed = false;
  }

  handleTestEvent({ name, test, hook }) {
    // Jest reports a failure of beforeAll by the tests after it, so these are not left out.
    if (name === 'test_fn_failure' || (name === 'hook_failure' && hook.type !== 'beforeAll')) this.hasFailed = true;
    // What is checked after a test may notice what a mutant has left behind.
    if (name === 'hook_failure' && hook.type.startsWith('before')) this.mutation.fail();
    if (name === 'test_start' && this.hasFailed && !this.mutation.repeats) test.mode = 'skip';
    if (name === 'test_fn_start') this.mutation.hooks = eachHooksOf(test);
  }

  async teardown() {
    const { repeats, met, noticed, hasFailed } = this.mutation;
    if (repeats) {
      const notes = { test: this.test, met: [...met], noticed: [...noticed], failed: hasFailed };
      const name = createHash('sha256').update(this.test).digest('hex');
      const file = path.join(process.env.MUTATION_NOTES, name);
      writeFileSync(file, JSON.stringify(notes));
      // The folder is read while tests run: no half of a file is to be seen.
      renameSync(file, `${file}.json`);
    }
    await super.teardown();
  }
};
