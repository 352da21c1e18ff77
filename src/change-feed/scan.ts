import { setImmediate as nextTurn } from 'node:timers/promises';
import { Change } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';

export interface Scanned {
  readonly changes: readonly Change[];
  /** The log has been looked at up to here; the next scan goes on after it. */
  readonly position: bigint;
  /** Whether the scan stopped before the end of its range. */
  readonly more: boolean;
}

const BATCH = 1_000;
/** A filter that matches little must not hold a request up: the scan stops here, and says how far it came. */
const MAX_LOOKED_AT = 50_000;

/** The first `limit` matching changes after a position, up to another one, in log order. */
export async function scan(
  store: TemporalReader,
  matches: (change: Change) => boolean,
  { after, upTo, limit }: { readonly after: bigint; readonly upTo: bigint; readonly limit: number },
): Promise<Scanned> {
  const changes: Change[] = [];
  let position = after;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT;) {
    // A store in memory answers at once, also where little matches: others have their turn before more is looked at.
    if (lookedAt > 0) await nextTurn();
    // One more than is missing tells whether there are more. Where little matches, ever more is looked at in one go.
    const asked = Math.min(BATCH, MAX_LOOKED_AT - lookedAt, Math.max(limit - changes.length + 1, lookedAt));
    const batch = await store.changes({ after: position, upTo, limit: asked });
    for (const change of batch) {
      if (matches(change)) {
        if (changes.length === limit) return { changes, position, more: true };
        changes.push(change);
      }
      position = change.event.position;
    }
    if (batch.length < asked) return { changes, position: upTo > after ? upTo : after, more: false };
    lookedAt += batch.length;
  }
  return { changes, position, more: true };
}
