import { StoredEvent } from '../event-store/envelope';
import { StreamNames } from '../event-store/streams';
import { Change } from './change';
import { rememberBytes } from './change-bytes';

/** A change as a text, without its position; `readChange` reads it. The format is short, because a store has one for each change. */
export const writeChange = ({ event, department, fiscalYear, sequence, recordedAt }: Change): string =>
  JSON.stringify([
    event.stream,
    String(event.revision),
    event.id,
    event.type,
    event.data,
    event.metadata,
    event.storedAt,
    String(sequence),
    recordedAt,
    department,
    ...(fiscalYear === undefined ? [] : [fiscalYear]),
  ]);

type WrittenChange = [
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: StoredEvent['data'],
  metadata: StoredEvent['metadata'],
  storedAt: number,
  sequence: string,
  recordedAt: number,
  department: string,
  fiscalYear?: number,
];

export function readChange(text: string, position: bigint, streams: StreamNames): Change {
  const [stream, revision, id, type, data, metadata, storedAt, sequence, recordedAt, department, fiscalYear] =
    JSON.parse(text) as WrittenChange;
  const change: Change = {
    event: { id, type, data, metadata, stream, revision: BigInt(revision), position, storedAt },
    entity: streams.entityOf(stream),
    department,
    ...(fiscalYear === undefined ? {} : { fiscalYear }),
    sequence: BigInt(sequence),
    recordedAt,
  };
  rememberBytes(change, Buffer.byteLength(text));
  return change;
}
