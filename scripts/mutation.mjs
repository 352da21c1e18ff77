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
const environment = { MUTATION_FILES: files.join(), MUTATION_HITS: folder };

const coverage = await runWithoutMutants([...new Set(files.flatMap(testsOf))]);
const survivors = mutants.filter(({ id }) => !coverage.testsOf(id).length);
const jobs = mutants
  .map((mutant) => ({ mutant: mutant.id, tests: coverage.testsOf(mutant.id), about: mutant }))
  .filter(({ tests }) => tests.length > 0);
console.log(`${mutants.length} mutants in ${files.length} files; no test comes past ${survivors.length} of them`);

let done = 0;
await runJobs(jobs, {
  processes: availableParallelism(),
  timeoutMs: ({ tests }) => 30_000 + 5 * coverage.tookMs(tests),
  environment,
  onAnswer: ({ about }, { passed }) => {
    if (passed) survivors.push(about);
    if (++done % 50 === 0) console.log(`${done} of ${jobs.length} mutants`);
  },
});

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

/** Which tests come past each mutant, and how long they take. */
async function runWithoutMutants(tests) {
  let answer;
  const onAnswer = (_job, given) => (answer = given);
  await runJobs([{ tests }], { processes: 1, timeoutMs: () => 900_000, environment, onAnswer });
  if (!answer.passed) throw new Error(`Without any mutant the tests fail:\n${answer.failures.join('\n')}`);
  const noted = readdirSync(folder).map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
  return {
    /** The shortest first. */
    testsOf: (id) =>
      noted
        .filter(({ hits }) => hits.includes(id))
        .map(({ test }) => test)
        .sort((one, other) => answer.tookMs[one] - answer.tookMs[other]),
    tookMs: (paths) => paths.reduce((sum, test) => sum + answer.tookMs[test], 0),
  };
}
