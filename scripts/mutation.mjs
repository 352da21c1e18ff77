// Says which rules no test holds: puts one small fault at a time into the code of the rules, and runs the tests that come past
// it (docs/mutation.md). Usage: npm run mutation [-- path...]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { oneLine, outdated, reasonOf } from './mutation/equivalents.mjs';
import { filesToMutate, testsOf } from './mutation/files.mjs';
import mutation from './mutation/mutants.cjs';
import { runJobs } from './mutation/pool.mjs';

const files = filesToMutate(process.argv.slice(2));
const mutants = files.flatMap((file) => mutation.plantMutants(file, readFileSync(file, 'utf8')).mutants);
const folder = mkdtempSync(path.join(tmpdir(), 'mutation-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const environment = { MUTATION_FILES: files.join(), MUTATION_NOTES: folder };
const processes = availableParallelism();

const tests = [...new Set(files.flatMap(testsOf))];
const isUnit = (test) => test.endsWith('.unit.test.ts');
// Most mutants are noticed by the unit tests, which take no time.
const ofUnits = await repeatTests(tests.filter(isUnit), mutants);
const notes = [
  ...ofUnits,
  ...(await repeatTests(
    tests.filter((test) => !isUnit(test)),
    leftAfter(ofUnits),
  )),
];
console.log(
  `${mutants.length} mutants in ${files.length} files; ${leftAfter(notes).length} are left after the tests were repeated`,
);
const survivors = await survivorsOf(leftAfter(notes));

const unexplained = survivors.filter((mutant) => reasonOf(mutant) === undefined);
for (const { file, at, line, before, after } of unexplained) {
  console.log(`\n${file}:${at}  ${line}\n  ${oneLine(before)}\n  -> ${after === '' ? 'removed' : oneLine(after)}`);
}
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
  return mutants.filter(({ id }) => !notes.some(({ noticed }) => noticed.includes(id)));
}

/** Runs each test with every mutant of `left` that it comes past; answers what each test file met and noticed, the quickest file first. */
async function repeatTests(tests, left) {
  if (left.length === 0) return [];
  const tookMs = {};
  const ids = left.map(({ id }) => id);
  await runJobs(
    tests.map((test) => ({ tests: [test], left: ids })),
    {
      processes,
      timeoutMs: () => 900_000,
      environment,
      onAnswer: (_job, answer) => Object.assign(tookMs, answer.tookMs),
    },
  );
  const noted = readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
    .filter(({ test }) => path.relative('.', test) in tookMs);
  const failed = noted.filter((note) => note.failed).map(({ test }) => test);
  if (failed.length > 0) throw new Error(`Some tests fail without any mutant:\n${failed.join('\n')}`);
  return noted
    .map((note) => ({ ...note, test: path.relative('.', note.test) }))
    .sort((one, other) => tookMs[one.test] - tookMs[other.test]);
}

/** Those that the tests do not notice either in a run of their own, which may differ from a repetition in place. */
async function survivorsOf(mutants) {
  const found = [];
  const jobs = mutants.map((about) => ({
    about,
    mutant: about.id,
    tests: notes.filter(({ met }) => met.includes(about.id)).map(({ test }) => test),
  }));
  await runJobs(jobs, {
    processes,
    timeoutMs: ({ tests }) => 120_000 * (1 + tests.length),
    environment,
    onAnswer: ({ about }, { passed }) => {
      if (passed) found.push(about);
    },
  });
  return found;
}
