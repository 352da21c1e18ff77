import { StoredEvent } from '../event-store/envelope';
import { DamagedReadModels } from '../kernel/outage';
import { TemporalStore } from './temporal-store';

/** The event that the read models have at a log point's position; undefined before the first event. */
export async function eventAt(
  store: Pick<TemporalStore, 'changes'>,
  position: bigint,
): Promise<StoredEvent | undefined> {
  if (position === 0n) return undefined;
  const [change] = await store.changes({ after: position - 1n, upTo: position });
  if (change !== undefined) return change.event;
  throw new DamagedReadModels(`The read models end at position ${String(position)} but do not have the change there`);
}
