import { Awaitable } from '../kernel/async';
import { longWork } from '../kernel/turns';
import { Change } from '../read-model/change';
import { scanChanges } from '../read-model/scanned-changes';
import { TemporalReader } from '../read-model/temporal-store';
import { Format } from './formats/format';
import { workerOf } from './stopping';

/** How many changes are held at a time for one client. The first batches are shorter: many want a few changes. */
const BATCH = { first: 32, largest: 256 } as const;
/** And how many bytes, besides the last change. */
const BATCH_BYTES = 1_048_576;
/** A piece of text is sent when it has this many characters. */
const PIECE = 65_536;

export interface ExportRange<Item> {
  readonly store: TemporalReader;
  readonly wants: (change: Change) => boolean;
  /** What is written of a change. */
  readonly itemOf: (change: Change) => Awaitable<Item>;
  readonly after: bigint;
  readonly upTo: bigint;
  readonly limit?: number;
  /** The only way to stop a generator that is between two pieces. */
  readonly signal: AbortSignal;
  /** The principal that asks. */
  readonly owner: string;
}

/** The changes of a range that match the filter, as text, in pieces. */
export async function* write<Item>(range: ExportRange<Item>, format: Format<Item>): AsyncGenerator<string> {
  const { store, wants, itemOf, after, upTo, limit = Infinity } = range;
  const worker = workerOf(range.owner, range.signal);
  let position = after;
  let text = format.start;
  let written = 0;
  for (let size: number = BATCH.first; position < upTo && written < limit; size = Math.min(size * 2, BATCH.largest)) {
    // A store in memory answers without I/O, so this loop yields to other requests even if little matches.
    await longWork.next(worker);
    const batch = await scanChanges(store, { after: position, upTo, limit: size, maxBytes: BATCH_BYTES });
    for (const change of batch.changes) {
      const turn = longWork.pass(worker);
      if (turn !== undefined) await turn;
      ({ position } = change.event);
      if (wants(change)) {
        const item = itemOf(change);
        text += format.item(item instanceof Promise ? await item : item, written++ === 0);
      }
      if (text.length >= PIECE) {
        yield text;
        text = '';
      }
      if (written === limit) break;
    }
    if (written < limit) position = batch.upTo;
    if (text !== '') yield text;
    text = '';
  }
  text += format.end(position);
  if (text !== '') yield text;
}
