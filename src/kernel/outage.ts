import { AbortState } from './async';

/**
 * A part that we depend on cannot be reached, or cannot be trusted, right now. Always thrown, never returned. The caller may
 * retry.
 */
export class Outage extends Error {
  override readonly name: string = 'Outage';
}

/** The read models do not have the data for an answer: they lag behind the log, or must be rebuilt. */
export class ReadModelBehind extends Outage {
  override readonly name: string = 'ReadModelBehind';
}

/**
 * The read models have lost data, such as a key that Redis evicted. Waiting does not help, unlike other outages: they must be
 * rebuilt from the log.
 */
export class LostReadModels extends ReadModelBehind {
  override readonly name = 'LostReadModels';
}

/**
 * The log lacks an event that it is known to have had: it was restored to an earlier state, or it belongs to another ledger.
 * Nothing is answered or recorded until the log has the event again, or the read models have been rebuilt from it.
 */
export class LogMismatch extends Outage {
  override readonly name = 'LogMismatch';

  constructor(
    message: string,
    /** The number of the first event that differs, if it is known. */
    readonly sequence?: bigint,
  ) {
    super(message);
  }
}

/**
 * An append was sent, and its answer has not come: it may or may not be on record. If the same command is sent again with the
 * same idempotency key, it is recorded once.
 */
export class UnansweredWrite extends Outage {
  override readonly name = 'UnansweredWrite';
}

/** The client disconnected before the answer, so no further work is needed. */
export class RequestAborted extends Outage {
  override readonly name = 'RequestAborted';

  constructor() {
    super('The client has gone before the answer');
  }
}

/** Throws `RequestAborted` if the client has disconnected. */
export function requireWaiting(signal: AbortState | undefined): void {
  if (signal?.aborted) throw new RequestAborted();
}

/** One append exceeds what the event store accepts. Nothing of it is recorded, and a retry does not help. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/**
 * The stored data contradicts itself or this program: a gap in a stream, or an event of an unknown type. Nothing may be
 * answered from it, and a retry does not help: an operator has to look.
 */
export class CorruptLedger extends Error {
  override readonly name: string = 'CorruptLedger';
}

/** The read models contradict themselves, or the next event to apply. They can be rebuilt from the log, which is the truth. */
export class DamagedReadModels extends CorruptLedger {
  override readonly name = 'DamagedReadModels';
}
