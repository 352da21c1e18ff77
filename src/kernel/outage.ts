/** A part that we depend on cannot be reached or cannot be trusted right now. Thrown, never returned; the caller may try again. */
export class Outage extends Error {
  override readonly name: string = 'Outage';
}

/** The read models do not hold what a question needs: not yet, or not any more until they are built again. */
export class ReadModelBehind extends Outage {
  override readonly name: string = 'ReadModelBehind';
}

/**
 * The read models have lost what they held, such as a key that Redis evicted. Unlike other outages, this one does not pass by
 * itself: they answer again once they are built anew from the log.
 */
export class LostReadModels extends ReadModelBehind {
  override readonly name = 'LostReadModels';
}

/**
 * The log does not hold an event that is known of it: it was put back to an earlier state, or it is another ledger's. Nothing
 * is answered or recorded until the log holds the event again, or until the read models were rebuilt from it.
 */
export class LogMismatch extends Outage {
  override readonly name = 'LogMismatch';
}

/** The client has gone before the answer: nobody waits for the work that would follow. */
export class RequestAborted extends Outage {
  override readonly name = 'RequestAborted';

  constructor() {
    super('The client has gone before the answer');
  }
}

/** Throws `RequestAborted` if nobody waits any more. */
export function requireWaiting(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RequestAborted();
}

/** What was to be recorded at once is larger than the event store takes: nothing of it is recorded, and trying again does not help. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/**
 * What is stored contradicts itself or this program: a hole in a stream, an event of an unknown type. Nothing may be
 * answered from it, and trying again does not help: a person has to look.
 */
export class CorruptLedger extends Error {
  override readonly name: string = 'CorruptLedger';
}

/** The read models contradict themselves, or what they are to be given next. The log has the truth: they can be built anew from it. */
export class DamagedReadModels extends CorruptLedger {
  override readonly name = 'DamagedReadModels';
}
