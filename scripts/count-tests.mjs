// Prints the tests that were skipped, and the last line of a test run, from jest's JSON report: "N passed, N failed, N skipped". Fails if
// nothing passed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { numPassedTests: passed, numPendingTests: pending, numTodoTests: todo } = report;
// A file that could not run counts as one failure.
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
for (const { fullName } of tests.filter(({ status }) => status === 'pending')) console.log(`Skipped: ${fullName}`);
console.log(`\n${passed} passed, ${failed} failed, ${pending + todo} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
