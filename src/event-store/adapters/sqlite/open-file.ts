import { BigIntStats, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { LogMismatch } from '../../../kernel/outage';

const WHAT_TO_DO =
  'Nothing is answered or recorded. Restart the process. If the read models are in Redis, first run `mingjian rebuild`';

/**
 * The ledger file and its write-ahead log as this process last left them. A lock does not keep another program from moving, removing or
 * changing them. SQLite would go on with files that no one finds any more, and those events would be lost.
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
    return isUntouched(this.file, look(this.path)) && isUntouched(this.wal, look(this.walPath));
  }

  /** Throws `LogMismatch` if another program has changed, replaced or removed the file. */
  requireUntouched(): void {
    if (!this.isUntouched) throw this.replaced();
  }

  /** A write of this process, whose changes are its own: also if it fails, because SQLite may have written a part that counts for nothing. */
  writing<T>(write: () => T): T {
    this.requireUntouched();
    try {
      return write();
    } finally {
      this.acceptChanges();
    }
  }

  private acceptChanges(): void {
    const file = look(this.path);
    const wal = look(this.walPath);
    if (!isSame(this.file, file) || (this.wal !== undefined && !isSame(this.wal, wal))) throw this.replaced();
    this.file = file;
    this.wal = wal;
  }

  /** SQLite would apply this process's write-ahead log to the file that has replaced ours. */
  removeOwnWal(): void {
    if (isUntouched(this.file, look(this.path))) return;
    if (isUntouched(this.wal, look(this.walPath))) rmSync(this.walPath, { force: true });
  }

  private get walPath(): string {
    return `${this.path}-wal`;
  }

  private replaced(): LogMismatch {
    return new LogMismatch(
      `Ledger file ${this.path}: another program changed or replaced it, or its ${basename(this.walPath)}. ${WHAT_TO_DO}`,
    );
  }
}

const look = (path: string): BigIntStats | undefined => statSync(path, { bigint: true, throwIfNoEntry: false });

const isSame = (left: BigIntStats | undefined, found: BigIntStats | undefined): boolean =>
  found?.dev === left?.dev && found?.ino === left?.ino;

const isUntouched = (left: BigIntStats | undefined, found: BigIntStats | undefined): boolean =>
  isSame(left, found) && found?.mtimeNs === left?.mtimeNs && found?.size === left?.size;
