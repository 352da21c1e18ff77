import { longWork, Worker } from '../kernel/turns';
import { Change } from '../read-model/change';
import { bytesOf } from '../read-model/change-bytes';
import { scanChanges } from '../read-model/scanned-changes';
import { TemporalReader } from '../read-model/temporal-store';

export interface Scanned {
  readonly changes: readonly Change[];
  /** The log was scanned up to here. The next scan continues after it. */
  readonly position: bigint;
  /** Whether the scan stopped before the end of its range. */
  readonly more: boolean;
}

export interface ScanRange {
  readonly after: bigint;
  readonly upTo: bigint;
  readonly limit: number;
  /** The scan stops when the changes that it found have this many bytes. */
  readonly maxBytes: number;
}

const BATCH = 1_000;
const BATCH_BYTES = 1_048_576;
/** A filter that matches little must not hold up a request: the scan stops after this many changes and returns its position. */
const MAX_SCANNED = 50_000;
/** It stops earlier if the changes have this many bytes. */
const MAX_SCANNED_BYTES = 67_108_864;

/** The first `limit` matching changes after one position and up to another, in log order. */
export async function scan(
  store: TemporalReader,
  matches: (change: Change) => boolean,
  { after, upTo, limit, maxBytes }: ScanRange,
  worker?: Worker,
): Promise<Scanned> {
  const changes: Change[] = [];
  let position = after;
  let bytes = 0;
  let scannedBytes = 0;
  for (let scanned = 0; scanned < MAX_SCANNED && scannedBytes < MAX_SCANNED_BYTES;) {
    // A store in memory answers synchronously.
    if (scanned > 0) await longWork.next(worker);
    // One more than needed shows whether there are more. If little matches, the batches grow.
    const asked = Math.min(BATCH, MAX_SCANNED - scanned, Math.max(limit - changes.length + 1, scanned));
    const batch = await scanChanges(store, { after: position, upTo, limit: asked, maxBytes: BATCH_BYTES });
    for (const change of batch.changes) {
      scannedBytes += bytesOf(change);
      if (matches(change)) {
        if (changes.length === limit || bytes >= maxBytes) return { changes, position, more: true };
        changes.push(change);
        bytes += bytesOf(change);
      }
      position = change.event.position;
    }
    position = batch.upTo;
    if (position >= upTo) return { changes, position: upTo > after ? upTo : after, more: false };
    scanned += batch.changes.length + batch.hidden.changes;
    scannedBytes += batch.hidden.bytes;
  }
  return { changes, position, more: true };
}
