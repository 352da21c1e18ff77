import { AllStreamResolvedEvent, EventData, jsonEvent, Position, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { JsonObject, requireText, storableJson } from '../../../kernel/json';
import { CorruptLedger } from '../../../kernel/outage';
import { EventMetadata, NewEvent, StoredEvent } from '../../envelope';

export type Received = AllStreamResolvedEvent | ResolvedEvent;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The server writes an unknown position, -1, as an unsigned number. */
const END_OF_POSITIONS = 2n ** 63n;

/** Throws if the event would not come back as it was given, which is a bug in the caller. */
export function encodeEvent({ id, type, data, metadata }: NewEvent): EventData {
  if (!UUID.test(id)) throw new TypeError(`${JSON.stringify(id)} cannot be stored as an event's id: it is not a UUID`);
  return jsonEvent({ id, type: requireText(type), data: storable(data), metadata: storable(metadata) });
}

/** The client writes the members in the order that they have. Sorted, an event has the same text in every store. */
const storable = <Value extends object>(value: Value): Value => JSON.parse(storableJson(value)) as Value;

export function decodeEvent({ event }: Received): StoredEvent {
  if (event === undefined) throw new CorruptLedger('The event store returned a record without an event');
  const { id, type, isJson, data, metadata, streamId, revision, created } = event;
  const position = requirePosition(event.position, `The event ${type} in stream ${streamId}`);
  if (!isJson || !isObject(data) || !isObject(metadata)) {
    throw new CorruptLedger(
      `The event ${type} at position ${String(position)} in stream ${streamId} was not written by the ledger`,
    );
  }
  return {
    id,
    type,
    data: data as JsonObject,
    metadata: metadata as unknown as EventMetadata,
    stream: streamId,
    revision,
    position,
    storedAt: created.getTime(),
  };
}

/**
 * Only a transaction over several streams puts several events at one commit position. The ledger makes none, so no two events
 * have the same position.
 */
export function requirePosition(position: Position | undefined, what: string): bigint {
  if (position === undefined || position.commit >= END_OF_POSITIONS) {
    throw new CorruptLedger(`${what} has no position in the log`);
  }
  const { commit, prepare } = position;
  if (commit !== prepare) {
    throw new CorruptLedger(`${what} was committed at ${String(commit)} but prepared at ${String(prepare)}`);
  }
  return commit;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
