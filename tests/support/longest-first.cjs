const { default: Sequencer } = require('@jest/test-sequencer');

/** Tests that wait for stores to fail and come back, tests of many random cases, and tests that several engines pass. Their files are short. */
const LONG = /\/faults\/|\.property\.|\.contract\.|\/races\.|\/audit-questions/;

/** Begins with the tests that take longest. So no worker is left with a long test at the end, while the others have nothing to do. */
module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
