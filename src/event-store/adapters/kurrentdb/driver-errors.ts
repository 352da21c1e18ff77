import { ErrorType, isCommandError } from '@kurrent/kurrentdb-client';
import { AppendTooLarge, CorruptLedger, Outage } from '../../../kernel/outage';

/**
 * The call failed with its connection, or there is none: the server restarts, or a proxy closed what it held. The client
 * connects again for the next call.
 */
export class LostConnection extends Outage {}

/**
 * What each of the client's error types means. Any other type is a bug of ours and is not translated. After an outage during an
 * append, the append may or may not have been recorded.
 */
const MEANINGS: ReadonlyMap<
  ErrorType,
  { readonly thrownAs: typeof Outage | typeof CorruptLedger | typeof AppendTooLarge; readonly text: string }
> = new Map([
  [ErrorType.UNAVAILABLE, { thrownAs: LostConnection, text: 'it cannot be reached' }],
  [ErrorType.CANCELLED, { thrownAs: Outage, text: 'the call was cancelled' }],
  [ErrorType.DEADLINE_EXCEEDED, { thrownAs: Outage, text: 'it did not answer in time' }],
  [ErrorType.TIMEOUT, { thrownAs: Outage, text: 'it did not finish in time' }],
  [ErrorType.NOT_LEADER, { thrownAs: Outage, text: 'another node is the leader now' }],
  [ErrorType.ACCESS_DENIED, { thrownAs: Outage, text: 'access to it is denied' }],
  [ErrorType.UNKNOWN, { thrownAs: Outage, text: 'it reports an error' }],
  [
    ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
    { thrownAs: AppendTooLarge, text: 'it does not accept an append of that size' },
  ],
  [ErrorType.STREAM_DELETED, { thrownAs: CorruptLedger, text: 'a stream of the ledger was deleted' }],
  [ErrorType.STREAM_TOMBSTONED, { thrownAs: CorruptLedger, text: 'a stream of the ledger was deleted' }],
]);

/**
 * While the server is down, the client rejects with plain errors that have no type. These names come from wrong code instead.
 */
const BUGS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

export function translated(error: unknown): Error {
  if (!(error instanceof Error)) return new Outage(`Event store: ${String(error)}`);
  if (error instanceof Outage || error instanceof CorruptLedger || BUGS.has(error.name)) return error;
  const meaning = isCommandError(error) ? MEANINGS.get(error.type) : MEANINGS.get(ErrorType.UNAVAILABLE);
  return meaning ? new meaning.thrownAs(`Event store: ${meaning.text} (${error.message})`, { cause: error }) : error;
}

export async function translating<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw translated(error);
  }
}

/** The server cannot read from a position at which no record begins. Version 23.10 has no error type for it. */
const INVALID_POSITION = /invalid position|FilteredReadAllResult|thrown by handler/;

export const isInvalidPosition = (error: unknown): boolean =>
  error instanceof Outage &&
  error.cause instanceof Error &&
  isCommandError(error.cause) &&
  INVALID_POSITION.test(error.cause.message);
