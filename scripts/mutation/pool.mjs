// Runs jobs in a few processes (runner.mjs). A job that takes too long ends its process, and counts as one that failed.
import { fork } from 'node:child_process';
import path from 'node:path';

const RUNNER = path.join(import.meta.dirname, 'runner.mjs');
const LOST = { passed: false, tookMs: 0 };

/** Calls `onAnswer` with each job and what its tests said. */
export async function runJobs(jobs, { processes, timeoutMs, environment, onAnswer }) {
  const waiting = [...jobs];
  const start = () =>
    fork(RUNNER, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });

  async function work() {
    let runner = start();
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const answer = await ask(runner, job, timeoutMs(job));
      if (answer === undefined) {
        runner.kill('SIGKILL');
        runner = start();
      }
      onAnswer(job, answer ?? LOST);
    }
    runner.kill();
  }
  await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, work));
}

/** undefined if the process gives no answer in time. */
function ask(runner, { mutant, left, tests }, timeoutMs) {
  return new Promise((resolve) => {
    const end = (answer) => {
      clearTimeout(timer);
      runner.off('message', end).off('exit', lost);
      resolve(answer);
    };
    const lost = () => end(undefined);
    const timer = setTimeout(lost, timeoutMs);
    runner.on('message', end).on('exit', lost).send({ mutant, left, tests });
  });
}
