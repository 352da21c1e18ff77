const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Tests that wait for stores to fail and come back, tests of many random cases, tests that several engines pass, of what is installed, and of
 * every place of the page. Their files are short for their time.
 */
const LONG = /\/faults\/|\.property\.|\.contract\.|\/races\.|\/audit-questions|\/package\.|\/page\.e2e/;

/** Begins with the tests that take longest. So no worker is left with a long test at the end, while the others have nothing to do. */
module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
