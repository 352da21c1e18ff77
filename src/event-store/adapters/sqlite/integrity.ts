import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import type { IntegrityReport } from './integrity-child';

/**
 * Checks the structures and indexes of the whole ledger file, beside its server. Resolves to what is wrong, or to undefined. Rejects if the
 * check could not be made.
 */
export async function integrityProblem(path: string, signal: AbortSignal): Promise<string | undefined> {
  const child = fork(join(__dirname, `integrity-child${extname(__filename)}`), [path], { signal, stdio: 'ignore' });
  // Also emitted when the signal aborts; without a listener it would end the server. `once` below reports it.
  child.on('error', () => undefined);
  const ended = once(child, 'exit', { signal }).then(([status]) => {
    throw new Error(`The check of ${path} ended with status ${String(status)}`);
  });
  const [report] = (await Promise.race([once(child, 'message', { signal }), ended])) as [IntegrityReport];
  ended.catch(() => undefined);
  child.disconnect();
  return report.problem;
}
