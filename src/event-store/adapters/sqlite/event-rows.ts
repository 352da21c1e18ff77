import { Json, JsonObject } from '../../../kernel/json';
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

/** The columns of an event that do not depend on its place in the log. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Throws where the event would not come back as it was given: that is a bug of whoever made it. */
export const encodeEvent = ({ id, type, data, metadata }: NewEvent): EncodedEvent => ({
  id: requireText(id),
  type: requireText(type),
  data: encodeJson(data),
  metadata: encodeJson(metadata),
});

export function decodeEvent(row: EventRow): StoredEvent {
  const [position, stream, revision, id, type, data, metadata, storedAt] = row;
  try {
    return {
      id,
      type,
      data: JSON.parse(data) as JsonObject,
      metadata: JSON.parse(metadata) as EventMetadata,
      stream,
      revision,
      position,
      storedAt: Number(storedAt),
    };
  } catch (error) {
    throw new CorruptLedger(`The event at position ${String(position)} holds no JSON`, { cause: error });
  }
}

/** SQLite ends a text at a NUL, and the driver replaces half a surrogate pair. In JSON both are escaped, and safe. */
export function requireText(text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text)) throw new TypeError(`${JSON.stringify(text)} cannot be stored as it is`);
  return text;
}

function encodeJson(value: object): string {
  requireFinite(value as Json);
  return JSON.stringify(value);
}

/** JSON writes NaN and infinity as null. */
function requireFinite(value: Json | undefined): void {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(requireFinite);
  const isLost = typeof value === 'number' && !Number.isFinite(value);
  if (isLost) throw new TypeError(`${value} cannot be stored in an event`);
}
