import { setImmediate as nextTurn } from 'node:timers/promises';
import { Outage } from '../kernel/outage';
import { Change } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';
import { Format } from './formats/format';

/** How many changes are held at a time for one client. */
const BATCH = 500;

export interface ExportRange {
  readonly store: TemporalReader;
  readonly wants: (change: Change) => boolean;
  readonly after: bigint;
  readonly upTo: bigint;
  readonly limit?: number;
  /** The only way to stop a generator that is between two pieces. */
  readonly signal: AbortSignal;
}

/** The changes of a range that match the filter, as text, in pieces. */
export async function* write(range: ExportRange, format: Format): AsyncGenerator<string> {
  const { store, wants, after, upTo, limit = Infinity, signal } = range;
  let position = after;
  let text = format.start;
  let written = 0;
  while (position < upTo && written < limit) {
    if (signal.aborted) throw stopping();
    const batch = await store.changes({ after: position, upTo, limit: BATCH });
    for (const change of batch) {
      ({ position } = change.event);
      if (wants(change)) text += format.item(change, written++ === 0);
      if (written === limit) break;
    }
    if (batch.length < BATCH && written < limit) position = upTo;
    if (text !== '') yield text;
    text = '';
    // A store in memory answers without I/O, so this loop yields to other requests even if little matches.
    await nextTurn();
  }
  text += format.end(position);
  if (text !== '') yield text;
}

export const stopping = (): Outage => new Outage('Nobody waits for the answer, or the server is stopping');
