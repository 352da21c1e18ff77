// Says which rules no test holds: puts one small fault at a time into the code of the rules, and runs the tests that come past
// it (docs/mutation.md). Usage: npm run mutation [-- path... --tests pattern]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { oneLine, outdated, reasonOf } from './mutation/equivalents.mjs';
import { filesToMutate, testsFor } from './mutation/files.mjs';
import mutation from './mutation/mutants.cjs';
import { runJobs } from './mutation/pool.mjs';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { tests: { type: 'string' } } });
const files = filesToMutate(positionals);
const testsOf = testsFor(values.tests);
const mutants = files.flatMap((file) => mutation.plantMutants(file, readFileSync(file, 'utf8')).mutants);
const folder = mkdtempSync(path.join(tmpdir(), 'mutation-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const environment = { MUTATION_FILES: files.join(), MUTATION_NOTES: folder };
const processes = availableParallelism();

const tests = [...new Set(files.flatMap(testsOf))];
const isUnit = (test) => test.endsWith('.unit.test.ts');
// Most mutants are noticed by the unit tests, which take no time.
const tookMs = await repeatTests(tests.filter(isUnit));
const isNeeded = (test) => leftAfter(notesSoFar()).some(({ file }) => testsOf(file).includes(test));
for (const [test, ms] of await repeatTests(tests.filter((test) => !isUnit(test) && isNeeded(test))))
  tookMs.set(test, ms);
const notes = notesSoFar().sort((one, other) => tookMs.get(one.test) - tookMs.get(other.test));
const failed = notes.filter((note) => note.failed).map(({ test }) => test);
if (failed.length > 0) throw new Error(`Some tests fail without any mutant:\n${failed.join('\n')}`);
const left = leftAfter(notes);
console.log(
  `${mutants.length} mutants in ${files.length} files; ${left.length} are left after the tests were repeated`,
);
const survivors = await survivorsOf(left);

const unexplained = survivors.filter((mutant) => reasonOf(mutant) === undefined);
const stale = outdated(files, survivors);
for (const { file, line, before, after } of stale) {
  console.log(`\nlisted as equivalent, but is not: ${file}: ${line}\n  ${before}\n  -> ${after}`);
}
console.log(
  `\n${mutants.length} mutants: ${mutants.length - survivors.length} noticed, ` +
    `${survivors.length - unexplained.length} equivalent, ${unexplained.length} survived`,
);
process.exit(unexplained.length + stale.length > 0 ? 1 : 0);

function leftAfter(notes) {
  const noticed = new Set(notes.flatMap((note) => note.noticed));
  return mutants.filter(({ id }) => !noticed.has(id));
}

function print({ file, at, line, before, after }) {
  console.log(`\n${file}:${at}  ${line}\n  ${oneLine(before)}\n  -> ${after === '' ? 'removed' : oneLine(after)}`);
}

/** What the test files have met and noticed so far. */
function notesSoFar() {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
}

/** Runs each test with every mutant of its own that it comes past and no test has noticed yet. */
async function repeatTests(tests) {
  const tookMs = new Map();
  const jobs = tests.map((test) => ({
    tests: [test],
    // Looked at when the test begins.
    get left() {
      const own = leftAfter(notesSoFar()).filter(({ file }) => testsOf(file).includes(test));
      return own.map(({ id }) => id);
    },
  }));
  const onAnswer = ({ tests: [test] }, answer) => tookMs.set(test, answer.tookMs);
  await runJobs(jobs, { processes, timeoutMs: () => 900_000, environment, onAnswer });
  return tookMs;
}

/** Those that the tests do not notice either in a run of their own, which may differ from a repetition in place. */
async function survivorsOf(mutants) {
  const testsThatMeet = ({ id, file }) =>
    notes.filter(({ test, met }) => met.includes(id) && testsOf(file).includes(test)).map(({ test }) => test);
  const found = [];
  const jobs = mutants.map((about) => ({ about, mutant: about.id, tests: testsThatMeet(about) }));
  await runJobs(jobs, {
    processes,
    timeoutMs: ({ tests }) => 120_000 * (1 + tests.length),
    environment,
    onAnswer: ({ about }, { passed }) => {
      if (!passed) return;
      found.push(about);
      if (reasonOf(about) === undefined) print(about);
    },
  });
  return found;
}
