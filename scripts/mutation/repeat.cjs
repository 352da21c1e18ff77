// Makes each test run once more for every mutant that it comes past: much faster than a run of jest for each. A mutant counts
// as noticed only if the test passes again without it: else the mutant has left something behind, and the rest of the file is
// not repeated any more.
const { bind } = require('jest-each');

const { mutation } = globalThis;
const LONGEST_MS = 20_000;

async function passes(run) {
  let timer;
  const tooLong = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), LONGEST_MS);
  });
  try {
    await Promise.race([run(), tooLong]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function passesWith(id, run) {
  mutation.active = id;
  const passed = await passes(run);
  mutation.active = undefined;
  return passed;
}

/** The test, and then the test with each mutant, each time with what comes before and after each test. */
const repeated = (run) =>
  async function () {
    const { before, after } = mutation.hooks;
    const again = async () => {
      // What a mutant has left half done may fail to end.
      for (const hook of after) await passes(() => hook.call(this));
      for (const hook of before) await hook.call(this);
      return run.call(this);
    };
    const met = await mutation.during(() => run.call(this));
    for (const id of met) {
      if (mutation.isSpoilt) return;
      if (!mutation.left.has(id) || mutation.noticed.has(id) || (await passesWith(id, again))) continue;
      if (await passesWith(undefined, again)) mutation.noticed.add(id);
      else mutation.isSpoilt = true;
    }
  };

function repeating(original) {
  const test = (name, run, timeout) => original(name, run?.length === 0 ? repeated(run) : run, timeout);
  return Object.assign(test, original, { each: bind(test) });
}

if (mutation.repeats) globalThis.test = globalThis.it = repeating(globalThis.test);
