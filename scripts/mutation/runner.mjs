// A process that runs test files, with or without a mutant, one message after the other: so jest is loaded only once.
import path from 'node:path';
import { runCLI } from 'jest';

const root = path.join(import.meta.dirname, '../..');
const config = path.join(import.meta.dirname, 'jest.config.cjs');

process.on('disconnect', () => process.exit());

process.on('message', async ({ mutant = '', left = [], tests }) => {
  process.env.MUTANT = mutant;
  process.env.MUTANTS_LEFT = left.join();
  let tookMs = 0;
  let passed = true;
  for (const test of tests) {
    // jest's own `bail` would end the process.
    if (!passed) break;
    const options = { config, runTestsByPath: true, runInBand: true, ci: true, silent: true };
    const { results } = await runCLI({ ...options, _: [test], $0: 'jest' }, [root]);
    tookMs += results.testResults[0].perfStats.runtime;
    passed = results.success;
  }
  process.send({ passed, tookMs });
});
