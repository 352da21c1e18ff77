import { LRUCache } from 'lru-cache';
import { JsonObject, requireText, storableJson } from '../../../kernel/json';
import { CorruptLedger } from '../../../kernel/outage';
import { EventMetadata, NewEvent, StoredEvent } from '../../envelope';

export const COLUMNS = 'position, stream, revision, id, type, data, metadata, stored_at';

export type EventRow = readonly [
  position: bigint,
  stream: string,
  revision: bigint,
  id: string,
  type: string,
  data: string,
  metadata: string,
  storedAt: bigint,
];

/** The columns of an event that do not depend on its position in the log. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Throws if the event would not come back as it was given, which is a bug in the caller. */
export const encodeEvent = ({ id, type, data, metadata }: NewEvent): EncodedEvent => ({
  id: requireText(id),
  type: requireText(type),
  data: storableJson(data),
  metadata: storableJson(metadata),
});

/** Rows hold copies of the name of their stream; the events of a stream share one. */
const streams = new LRUCache<string, string>({ max: 10_000 });

function shared(stream: string): string {
  const known = streams.get(stream);
  if (known === undefined) streams.set(stream, stream);
  return known ?? stream;
}

export function decodeEvent(row: EventRow): StoredEvent {
  const [position, stream, revision, id, type, data, metadata, storedAt] = row;
  try {
    // One call for both texts: parsing takes most of the time of a read.
    const parsed = JSON.parse(`[${data},${metadata}]`) as [JsonObject, EventMetadata];
    if ((parsed.length as number) !== 2) throw new SyntaxError('Not exactly one text each');
    return {
      id,
      type,
      data: parsed[0],
      metadata: parsed[1],
      stream: shared(stream),
      revision,
      position,
      storedAt: Number(storedAt),
      texts: { data, metadata },
    };
  } catch (error) {
    throw new CorruptLedger(`The event at position ${String(position)} is not valid JSON`, { cause: error });
  }
}
