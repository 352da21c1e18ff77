import { StreamNames } from '../../../event-store/streams';
import { CorruptLedger } from '../../../kernel/outage';
import { Change, LogPoint } from '../../change';
import { Version } from '../../temporal-store';
import { readChange, writeChange } from '../../written-change';

/** An entry as Redis returns it: `<id>`, then fields and values in turn. */
export type Entry = readonly [id: string, fields: readonly string[]];

const DIGITS = 20;

/** Texts of equal length sort as the numbers do. Lua needs this, because its numbers are exact only up to 2^53. */
export const padded = (number: bigint | number): string => String(number).padStart(DIGITS, '0');

export const writePoint = ({ position, sequence, recordedAt }: LogPoint): string =>
  `${padded(position)} ${padded(sequence)} ${padded(recordedAt)}`;

export function readPoint(text: string): LogPoint {
  const [position, sequence, recordedAt] = text.split(' ');
  if (position === undefined || sequence === undefined || recordedAt === undefined) {
    throw new CorruptLedger(`The read models have an invalid checkpoint: ${text}`);
  }
  return { position: BigInt(position), sequence: BigInt(sequence), recordedAt: Number(recordedAt) };
}

/** The fields of a document's entry: its revision, its state, and the change if it is the entity's own document. */
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
    // Parsed on demand: most callers need only the state.
    get change() {
      return (change ??= readChange(event, position, streams));
    },
  };
}

/** Parses the reply of the script mjStates. */
export const readStates = (text: string): (Version | undefined)[] =>
  (JSON.parse(text) as ([id: string, revision: number, state: unknown] | null)[]).map((read) =>
    read === null ? undefined : { position: positionOf(read[0]), revision: read[1], state: read[2] },
  );

/** The position in the id of an entry of a document or of the log: `<position>-0`. */
export const positionOf = (id: string): bigint => BigInt(id.slice(0, id.indexOf('-')));

/**
 * A code as a text whose byte order is the code's order by UTF-16 code unit. No such text is the prefix of another. In a
 * collection, it is followed by the position from which on the code is a member.
 */
export const orderedCode = (code: string): string => `${Buffer.from(code, 'utf16le').swap16().toString('hex')}0000`;

export const readMember = (member: string): string =>
  Buffer.from(member.slice(0, -(DIGITS + 4)), 'hex')
    .swap16()
    .toString('utf16le');
