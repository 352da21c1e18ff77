import { firstIndex } from '../../../kernel/search';
import { Change } from '../../change';
import { bytesOf } from '../../change-bytes';
import { VersionRange } from '../../temporal-store';

const MOST = { changes: 2_048, bytes: 4 * 1024 * 1024 } as const;

/** The newest changes that this process wrote, without a gap, so that those that follow the log need not read them back. */
export class RecentChanges {
  private changes: Change[] = [];
  private bytes = 0;
  /** The changes are all that were written after this position. */
  private from: bigint | undefined;

  /** `before`: the position before the first of the changes. */
  add(changes: readonly Change[], before: bigint): void {
    const bytes = changes.reduce((sum, change) => sum + bytesOf(change), 0);
    if (bytes > MOST.bytes || changes.length > MOST.changes) {
      this.clear();
      return;
    }
    const isFull = this.changes.length + changes.length > MOST.changes || this.bytes + bytes > MOST.bytes;
    if (isFull) this.clear();
    this.from ??= before;
    this.changes.push(...changes);
    this.bytes += bytes;
  }

  /** undefined if older changes may be in the range. */
  between({ after, upTo, limit = Infinity, last = false }: VersionRange): readonly Change[] | undefined {
    if (this.from === undefined || after < this.from) return undefined;
    const start = this.indexAfter(after);
    const end = Math.max(start, this.indexAfter(upTo));
    return last
      ? this.changes.slice(Math.max(start, end - limit), end)
      : this.changes.slice(start, Math.min(end, start + limit));
  }

  clear(): void {
    this.changes = [];
    this.bytes = 0;
    this.from = undefined;
  }

  private indexAfter(position: bigint): number {
    return firstIndex(this.changes.length, (index) => (this.changes[index] as Change).event.position > position);
  }
}
