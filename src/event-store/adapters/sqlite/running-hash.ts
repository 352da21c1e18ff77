import { createHash, Hash } from 'node:crypto';
import { EventRow } from './event-rows';

/**
 * One SHA-256 over the stored columns of consecutive events. It does not depend on how the events were grouped into commits, so it can be
 * computed again from the table.
 */
export class RunningHash {
  private hash: Hash = createHash('sha256');
  /** How many events it covers. */
  private events = 0;

  get length(): number {
    return this.events;
  }

  add(rows: readonly EventRow[]): void {
    if (rows.length === 0) return;
    // One call: each call costs more than the hash of an event.
    this.hash.update(rows.map(hashedText).join(''));
    this.events += rows.length;
  }

  /** The hash so far, in hexadecimal. More can be added afterwards. */
  digest(): string {
    return this.hash.copy().digest('hex');
  }
}

/** The lengths make sure that no two different rows give the same text. */
export function hashedText(row: EventRow): string {
  const [position, stream, revision, id, type, data, metadata, storedAt] = row;
  const lengths = `${stream.length},${id.length},${type.length},${data.length},${metadata.length}`;
  return `${String(position)},${String(revision)},${String(storedAt)},${lengths}\n${stream}${id}${type}${data}${metadata}`;
}
