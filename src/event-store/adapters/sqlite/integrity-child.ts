import { readLedger } from './read-only-ledger';
import { requireIntegrity } from './whole-log';

/** What the process tells its parent: what is wrong with the file, or nothing. */
export interface IntegrityReport {
  readonly problem: string | undefined;
}

// The check of a large file takes minutes, in which SQLite answers nothing else. So it is a process of its own.

function check(path: string): IntegrityReport {
  try {
    readLedger(path, (database) => {
      requireIntegrity(database, path);
    });
    return { problem: undefined };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

process.send?.(check(process.argv[2] ?? ''));
// The check is over, or its server is gone.
process.on('disconnect', () => process.exit());
