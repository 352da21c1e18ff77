import { BigIntStats, rmSync, statSync } from 'node:fs';
import { LogMismatch } from '../../../kernel/outage';

const WHAT_TO_DO =
  'Nothing is answered or recorded. Restart the process. If the read models are in Redis, first run `mingjian rebuild`';

/**
 * The ledger file as this process last left it. SQLite locks it against other SQLite processes, but not against a copy that is
 * moved to its path or written over it. SQLite would go on writing to the old file, and those events would be lost.
 */
export class OpenFile {
  private file: BigIntStats | undefined;
  /** SQLite's write-ahead log. */
  private wal: BigIntStats | undefined;

  constructor(private readonly path: string) {
    this.file = look(path);
    this.wal = look(this.walPath);
  }

  get isUntouched(): boolean {
    return isUntouched(this.file, look(this.path));
  }

  /** Throws `LogMismatch` if another program has changed, replaced or removed the file. */
  requireUntouched(): void {
    if (!this.isUntouched) throw this.replaced();
  }

  /** Call after a write of this process. The changes are its own if the file is still the same one. */
  wrote(): void {
    const found = look(this.path);
    if (found?.ino !== this.file?.ino || found?.dev !== this.file?.dev) throw this.replaced();
    this.file = found;
    this.wal = look(this.walPath);
  }

  /** SQLite would apply this process's write-ahead log to whatever file is at the path now. */
  removeOwnWal(): void {
    if (isUntouched(this.wal, look(this.walPath))) rmSync(this.walPath, { force: true });
  }

  private get walPath(): string {
    return `${this.path}-wal`;
  }

  private replaced(): LogMismatch {
    return new LogMismatch(`Ledger file ${this.path}: another program changed or replaced it. ${WHAT_TO_DO}`);
  }
}

const look = (path: string): BigIntStats | undefined => statSync(path, { bigint: true, throwIfNoEntry: false });

const isUntouched = (left: BigIntStats | undefined, found: BigIntStats | undefined): boolean =>
  found?.dev === left?.dev &&
  found?.ino === left?.ino &&
  found?.mtimeNs === left?.mtimeNs &&
  found?.size === left?.size;
