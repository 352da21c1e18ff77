import { StoredEvent } from '../event-store/envelope';
import { DamagedReadModels } from '../kernel/outage';
import { TemporalStore } from './temporal-store';

/** The event that the read models hold at the position of a cut; undefined before all events. */
export async function eventAt(
  store: Pick<TemporalStore, 'changes'>,
  position: bigint,
): Promise<StoredEvent | undefined> {
  if (position === 0n) return undefined;
  const [change] = await store.changes({ after: position - 1n, upTo: position });
  if (change !== undefined) return change.event;
  throw new DamagedReadModels(`The read models do not hold the change at position ${String(position)}, where they end`);
}
