import { ErrorType, isCommandError } from '@kurrent/kurrentdb-client';
import { AppendTooLarge, CorruptLedger, Outage } from '../../../kernel/outage';

/**
 * By the client's own type of error. Any other type is a bug of ours and stays as it is. Of an append, none of the outages says
 * that it was not made.
 */
const MEANINGS: ReadonlyMap<
  ErrorType,
  { readonly thrownAs: typeof Outage | typeof CorruptLedger | typeof AppendTooLarge; readonly text: string }
> = new Map([
  [ErrorType.UNAVAILABLE, { thrownAs: Outage, text: 'it cannot be reached' }],
  [ErrorType.CANCELLED, { thrownAs: Outage, text: 'it broke off' }],
  [ErrorType.DEADLINE_EXCEEDED, { thrownAs: Outage, text: 'it did not answer in time' }],
  [ErrorType.TIMEOUT, { thrownAs: Outage, text: 'it could not finish in time' }],
  [ErrorType.NOT_LEADER, { thrownAs: Outage, text: 'another node leads now' }],
  [ErrorType.ACCESS_DENIED, { thrownAs: Outage, text: 'access to it is denied' }],
  [ErrorType.UNKNOWN, { thrownAs: Outage, text: 'it reports an error' }],
  [ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED, { thrownAs: AppendTooLarge, text: 'it takes no append of that size' }],
  [ErrorType.STREAM_DELETED, { thrownAs: CorruptLedger, text: 'a stream of the ledger was deleted' }],
  [ErrorType.STREAM_TOMBSTONED, { thrownAs: CorruptLedger, text: 'a stream of the ledger was deleted' }],
]);

/** While the server is down the client rejects with plain errors, of no type. These are not: they come from wrong code. */
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

/** A position at which no record begins cannot be read from. 23.10 has no words of its own for it. */
const INVALID_POSITION = /invalid position|FilteredReadAllResult|thrown by handler/;

export const isInvalidPosition = (error: unknown): boolean =>
  error instanceof Outage &&
  error.cause instanceof Error &&
  isCommandError(error.cause) &&
  INVALID_POSITION.test(error.cause.message);
