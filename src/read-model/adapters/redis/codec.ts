import { StreamNames } from '../../../event-store/streams';
import { CorruptLedger } from '../../../kernel/outage';
import { Change, LogPoint } from '../../change';
import { Interval } from '../../known-intervals';
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

/** A version with the size of its state, and the position at which the next one begins; or only that position. */
type ReadState =
  readonly [id: string, revision: number, state: unknown, bytes: number, next: string] | readonly [next: string];

/** Parses the reply of the script mjStates. */
export function readStates(text: string): Interval<Version | undefined>[] {
  const [through, states] = JSON.parse(text) as [through: string, states: ReadState[]];
  return states.map((read) => {
    if (read.length === 1) return { value: undefined, from: 0n, until: endOf(read[0], through), bytes: 0 };
    const [id, revision, state, bytes, next] = read;
    const position = positionOf(id);
    return { value: { position, revision, state }, from: position, until: endOf(next, through), bytes };
  });
}

/** The reply of the script mjMembers: how far the shard is, the position at which the page gets one more member, and the members. */
export type MembersReply = readonly [through: string, next: string, members: readonly string[]];

/** `last`: the members are in reverse order. */
export function readMembers([through, next, members]: MembersReply, last: boolean): Interval<readonly string[]> {
  const codes = members.map(readCode);
  const from = members.map(joinedAt).reduce((latest, position) => (position > latest ? position : latest), '0');
  return {
    value: last ? codes.reverse() : codes,
    from: BigInt(from),
    until: endOf(next, through),
    bytes: codes.reduce((sum, code) => sum + BYTES_PER_CODE + 2 * code.length, 0),
  };
}

const BYTES_PER_CODE = 24;

/** Where something ends that is in force: where the next begins, or after the position up to which the shard knows of none. */
const endOf = (next: string, through: string): bigint => (next === '' ? BigInt(through) + 1n : BigInt(next));

/** The position in the id of an entry of a document or of the log: `<position>-0`. */
export const positionOf = (id: string): bigint => BigInt(id.slice(0, id.indexOf('-')));

/**
 * A code as a text whose byte order is the code's order by UTF-16 code unit. No such text is the prefix of another. In a
 * collection, it is followed by the position from which on the code is a member.
 */
export const orderedCode = (code: string): string => `${Buffer.from(code, 'utf16le').swap16().toString('hex')}0000`;

const readCode = (member: string): string =>
  Buffer.from(member.slice(0, -(DIGITS + 4)), 'hex')
    .swap16()
    .toString('utf16le');

const joinedAt = (member: string): string => member.slice(-DIGITS);
