import { EventStore } from '../event-store/event-store';
import { CorruptLedger } from '../kernel/outage';
import { Cut } from '../read-model/change';
import { TemporalStore } from '../read-model/temporal-store';

/**
 * Throws `CorruptLedger` where the store was written from another log: one of the two is not the one that was meant, and
 * which, only a person can tell.
 */
export async function requireSameLog(log: EventStore, store: TemporalStore, cut: Cut, head: bigint): Promise<void> {
  if (cut.position === 0n) return;
  await store.watermark();
  const [change] = await store.changes({ after: cut.position - 1n, upTo: cut.position });
  const event = await firstAfter(log, cut.position - 1n);
  const isSame = event !== undefined && event.position === cut.position && event.id === change?.event.id;
  if (cut.position <= head && isSame) return;
  throw new CorruptLedger(
    `The read models were built from another log, or the log has lost events: they end at position ${String(cut.position)}, where this log has another event or none. If it is the right log, run \`mingjian rebuild\`, and start the projectors again`,
  );
}

async function firstAfter(log: EventStore, position: bigint) {
  for await (const event of log.readAll(position)) return event;
  return undefined;
}
