import { StoredEvent } from '../../../event-store/envelope';
import { StreamNames } from '../../../event-store/streams';
import { CorruptLedger } from '../../../kernel/outage';
import { Change, LogPoint } from '../../change';
import { Version } from '../../temporal-store';

/** As Redis gives it: `<id>`, and fields and values in turn. */
export type Entry = readonly [id: string, fields: readonly string[]];

const DIGITS = 20;

/** Texts of one length order as the numbers do, also in Lua, whose numbers are exact up to 2^53 alone. */
export const padded = (number: bigint | number): string => String(number).padStart(DIGITS, '0');

export const writePoint = ({ position, sequence, recordedAt }: LogPoint): string =>
  `${padded(position)} ${padded(sequence)} ${padded(recordedAt)}`;

export function readPoint(text: string): LogPoint {
  const [position, sequence, recordedAt] = text.split(' ');
  if (position === undefined || sequence === undefined || recordedAt === undefined) {
    throw new CorruptLedger(`The read models hold a checkpoint that is none: ${text}`);
  }
  return { position: BigInt(position), sequence: BigInt(sequence), recordedAt: Number(recordedAt) };
}

/** The change without what its place says; `readChange` reads it. Short, as Redis holds one for each change. */
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
  return {
    event: { id, type, data, metadata, stream, revision: BigInt(revision), position, storedAt },
    entity: streams.entityOf(stream),
    department,
    ...(fiscalYear === undefined ? {} : { fiscalYear }),
    sequence: BigInt(sequence),
    recordedAt,
  };
}

/** The fields of a document's entry: its revision, its state, and the change on the entity's own document. */
export const writeVersion = (revision: number, state: unknown, change: Change | undefined): string[] => {
  const fields = ['r', String(revision), 's', JSON.stringify(state)];
  return change === undefined ? fields : [...fields, 'e', writeChange(change)];
};

export function readVersion([id, fields]: Entry, streams: StreamNames): Version {
  const position = positionOf(id);
  const revision = Number(fields[1]);
  const state: unknown = JSON.parse(fields[3] as string);
  const event = fields[5];
  if (event === undefined) return { position, revision, state };
  let change: Change | undefined;
  return {
    position,
    revision,
    state,
    // Most readers want the state alone.
    get change() {
      return (change ??= readChange(event, position, streams));
    },
  };
}

/** What the script mjStates answers. */
export const readStates = (text: string): (Version | undefined)[] =>
  (JSON.parse(text) as ([id: string, revision: number, state: unknown] | null)[]).map((read) =>
    read === null ? undefined : { position: positionOf(read[0]), revision: read[1], state: read[2] },
  );

/** Of an entry of a document or of the log: `<position>-0`. */
export const positionOf = (id: string): bigint => BigInt(id.slice(0, id.indexOf('-')));

/**
 * Codes as texts that order by their bytes as the codes do by UTF-16 code unit, and none of which another begins with. The
 * position from which on the code belongs stands behind it.
 */
export const orderedCode = (code: string): string => `${Buffer.from(code, 'utf16le').swap16().toString('hex')}0000`;

export const readMember = (member: string): string =>
  Buffer.from(member.slice(0, -(DIGITS + 4)), 'hex')
    .swap16()
    .toString('utf16le');
