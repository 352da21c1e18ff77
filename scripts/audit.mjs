// Asks the registry for known vulnerabilities of the production dependencies. Fails if one is high or critical. If the registry
// does not answer, it prints "not checked" and succeeds: a test run needs no network.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=10000'], {
  cwd: new URL('..', import.meta.url),
  encoding: 'utf8',
  timeout: 30_000,
});
const counts = countsIn(stdout);
if (counts === undefined) {
  console.log('not checked: the registry did not answer');
} else {
  const { info, low, moderate, high, critical } = counts;
  console.log(
    `known vulnerabilities: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low, ${info} others`,
  );
  if (high + critical > 0) {
    console.error('run: npm audit --omit=dev');
    process.exitCode = 1;
  }
}

/** undefined if the text is not a report. */
function countsIn(text) {
  try {
    return JSON.parse(text).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
