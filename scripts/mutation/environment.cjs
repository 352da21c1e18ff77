// Switches on the mutant that MUTANT names. A test file goes no further than its first failure. Without a mutant, notes
// under MUTATION_HITS which mutants each test file comes past.
const { createHash } = require('node:crypto');
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class MutationEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.testPath = context.testPath;
    const active = process.env.MUTANT;
    const hits = new Set();
    this.hits = hits;
    this.hasFailed = false;
    this.global.__mutant__ = (id) => {
      hits.add(id);
      return id === active;
    };
  }

  handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.hasFailed = true;
    if (event.name === 'test_start' && this.hasFailed) event.test.mode = 'skip';
  }

  async teardown() {
    if (process.env.MUTATION_HITS && !process.env.MUTANT) {
      const name = createHash('sha256').update(this.testPath).digest('hex');
      const noted = JSON.stringify({ test: this.testPath, hits: [...this.hits] });
      writeFileSync(path.join(process.env.MUTATION_HITS, `${name}.json`), noted);
    }
    await super.teardown();
  }
};
