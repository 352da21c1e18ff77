import { BigIntStats, rmSync, statSync } from 'node:fs';
import { LogMismatch } from '../../../kernel/outage';

const WHAT_TO_DO =
  'Nothing is answered or recorded. Start the process again; if the read models are in Redis, run `mingjian rebuild` before that';

/**
 * The ledger file as this process has left it. It is locked against other SQLite processes, but not against a copy that is moved
 * into its place or written over it: SQLite would go on with what it has open, and nobody would find that there later.
 */
export class OpenFile {
  private file: BigIntStats | undefined;
  /** SQLite's own log beside it. */
  private wal: BigIntStats | undefined;

  constructor(private readonly path: string) {
    this.file = look(path);
    this.wal = look(this.walPath);
  }

  get isUntouched(): boolean {
    return isUntouched(this.file, look(this.path));
  }

  /** Throws `LogMismatch` if somebody else has changed the file, or has put another one or nothing in its place. */
  requireUntouched(): void {
    if (!this.isUntouched) throw this.replaced();
  }

  /** This process has written: what changed meanwhile is its own, as long as it is still the same file. */
  wrote(): void {
    const found = look(this.path);
    if (found?.ino !== this.file?.ino || found?.dev !== this.file?.dev) throw this.replaced();
    this.file = found;
    this.wal = look(this.walPath);
  }

  /** What this process has left in the log beside the file would be added to whatever is in its place now. */
  removeOwnWal(): void {
    if (isUntouched(this.wal, look(this.walPath))) rmSync(this.walPath, { force: true });
  }

  private get walPath(): string {
    return `${this.path}-wal`;
  }

  private replaced(): LogMismatch {
    return new LogMismatch(`Ledger file ${this.path}: it was changed or replaced by somebody else. ${WHAT_TO_DO}`);
  }
}

const look = (path: string): BigIntStats | undefined => statSync(path, { bigint: true, throwIfNoEntry: false });

const isUntouched = (left: BigIntStats | undefined, found: BigIntStats | undefined): boolean =>
  found?.dev === left?.dev &&
  found?.ino === left?.ino &&
  found?.mtimeNs === left?.mtimeNs &&
  found?.size === left?.size;
