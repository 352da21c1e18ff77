import { andThen, Awaitable } from '../../kernel/async';
import { longWork, Worker } from '../../kernel/turns';
import { Change } from '../../read-model/change';
import { bytesOf } from '../../read-model/change-bytes';
import { ByteRange, TemporalReader, ScannedChanges } from '../../read-model/temporal-store';
import { Visibility } from './visibility';

/** How much of the log is read at once to find what a caller may see. */
const BATCH = 500;
const BATCH_BYTES = 1_048_576;

type Store = Pick<TemporalReader, 'changes'>;

/** Reads the log of which a caller sees only a part. */
export class VisibleChanges {
  constructor(
    private readonly store: Store,
    private readonly visibility: Visibility,
    private readonly worker: Worker | undefined,
  ) {}

  /** One batch of the range. */
  scan(range: ByteRange): Awaitable<ScannedChanges> {
    const { limit = BATCH, maxBytes = BATCH_BYTES } = range;
    return andThen(this.store.changes({ ...range, limit, maxBytes }), (read) => this.shownOf(read, range.upTo));
  }

  /** As `changes` of a store answers. */
  async read(range: ByteRange): Promise<readonly Change[]> {
    const { upTo, limit = Infinity, maxBytes } = range;
    if (range.last) return this.readLast(range, limit);
    const found: Change[] = [];
    let { after } = range;
    while (after < upTo && found.length < limit) {
      await longWork.turn(this.worker);
      const batch = await this.scan({ ...range, after, limit: Math.max(BATCH, Math.min(limit, 2 * BATCH)) });
      found.push(...batch.changes);
      after = batch.upTo;
      // With a bound on the bytes, an answer may end before the range does.
      if (maxBytes !== undefined && found.length > 0) break;
    }
    return found.slice(0, limit);
  }

  private shownOf(read: readonly Change[], end: bigint): ScannedChanges {
    const changes: Change[] = [];
    const hidden = { changes: 0, bytes: 0 };
    for (const change of read) {
      if (this.visibility.showsChange(change)) {
        changes.push(change);
      } else {
        hidden.changes++;
        hidden.bytes += bytesOf(change);
      }
    }
    return { changes, upTo: read.at(-1)?.event.position ?? end, hidden };
  }

  private async readLast({ after, upTo }: ByteRange, limit: number): Promise<readonly Change[]> {
    let found: readonly Change[] = [];
    for (let end = upTo; end > after && found.length < limit;) {
      await longWork.turn(this.worker);
      const read = await this.store.changes({ after, upTo: end, limit: BATCH, last: true });
      found = [...read.filter((change) => this.visibility.showsChange(change)), ...found];
      end = (read[0]?.event.position ?? after + 1n) - 1n;
    }
    return found.slice(Math.max(0, found.length - limit));
  }
}
