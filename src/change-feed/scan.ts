import { longWork, Worker } from '../kernel/turns';
import { Change } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';

export interface Scanned {
  readonly changes: readonly Change[];
  /** The log was scanned up to here. The next scan continues after it. */
  readonly position: bigint;
  /** Whether the scan stopped before the end of its range. */
  readonly more: boolean;
}

const BATCH = 1_000;
/** A filter that matches little must not hold up a request: the scan stops after this many changes and returns its position. */
const MAX_SCANNED = 50_000;

/** The first `limit` matching changes after one position and up to another, in log order. */
export async function scan(
  store: TemporalReader,
  matches: (change: Change) => boolean,
  { after, upTo, limit }: { readonly after: bigint; readonly upTo: bigint; readonly limit: number },
  worker?: Worker,
): Promise<Scanned> {
  const changes: Change[] = [];
  let position = after;
  for (let scanned = 0; scanned < MAX_SCANNED;) {
    // A store in memory answers synchronously.
    if (scanned > 0) await longWork.next(worker);
    // One more than needed shows whether there are more. If little matches, the batches grow.
    const asked = Math.min(BATCH, MAX_SCANNED - scanned, Math.max(limit - changes.length + 1, scanned));
    const batch = await store.changes({ after: position, upTo, limit: asked });
    for (const change of batch) {
      if (matches(change)) {
        if (changes.length === limit) return { changes, position, more: true };
        changes.push(change);
      }
      position = change.event.position;
    }
    if (batch.length < asked) return { changes, position: upTo > after ? upTo : after, more: false };
    scanned += batch.length;
  }
  return { changes, position, more: true };
}
