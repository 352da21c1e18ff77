// A process that runs test files, with or without a mutant, one message after the other: so jest is loaded only once.
import path from 'node:path';
import { runCLI } from 'jest';

const root = path.join(import.meta.dirname, '../..');
const config = path.join(import.meta.dirname, 'jest.config.cjs');

process.on('message', async ({ mutant = '', tests }) => {
  process.env.MUTANT = mutant;
  const tookMs = {};
  const failures = [];
  for (const test of tests) {
    // jest's own `bail` would end the process.
    if (failures.length > 0) break;
    const options = { config, runTestsByPath: true, runInBand: true, ci: true, silent: true };
    const { results } = await runCLI({ ...options, _: [test], $0: 'jest' }, [root]);
    const [{ testFilePath, perfStats, failureMessage }] = results.testResults;
    tookMs[testFilePath] = perfStats.runtime;
    if (!results.success) failures.push(failureMessage);
  }
  process.send({ passed: failures.length === 0, tookMs, failures });
});
