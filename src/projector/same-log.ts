import { EventStore } from '../event-store/event-store';
import { holds, KnownEvent } from '../event-store/known-event';
import { DamagedReadModels, LogMismatch, LostReadModels } from '../kernel/outage';
import { LogPoint } from '../read-model/change';
import { eventAt } from '../read-model/event-at';
import { TemporalStore } from '../read-model/temporal-store';

/**
 * The last event that was written to the store; undefined if it is empty. Throws `DamagedReadModels` if the store has lost it.
 */
export async function lastWritten(store: TemporalStore, { position }: LogPoint): Promise<KnownEvent | undefined> {
  // This makes the store look up which version serves.
  await store.watermark();
  return eventAt(store, position);
}

/**
 * Throws `LogMismatch` if the log does not have the last projected event: the read models were built from another log, or the
 * log has lost events. Only an operator can tell which of the two is wrong.
 */
export async function requireHeld(log: EventStore, last: KnownEvent | undefined): Promise<void> {
  if (last === undefined || (await holds(log, last))) return;
  throw new LogMismatch(
    `The read models were built from another log, or the log has lost events: the log does not have their last event, at position ${String(last.position)}. If it is the right log, run \`mingjian rebuild\``,
  );
}

/**
 * For read models that only this process has: if the log does not have their last event, empties them, so that they are built again from
 * this log. Returns whether they were emptied.
 */
export async function discardUnlessHeld(log: Pick<EventStore, 'readStream'>, store: TemporalStore): Promise<boolean> {
  try {
    const last = await lastWritten(store, await store.checkpoint());
    if (last === undefined || (await holds(log, last))) return false;
  } catch (error) {
    if (!(error instanceof DamagedReadModels || error instanceof LostReadModels)) throw error;
  }
  await store.discard();
  return true;
}
