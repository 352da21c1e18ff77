import { EntityName } from '../kernel/codes';
import { longWork } from '../kernel/turns';
import { Change } from '../read-model/change';
import { documentKey, TemporalReader } from '../read-model/temporal-store';

/** How much of a history is read in one turn of the event loop, and is in memory at once. */
export const CHANGES_AT_ONCE = { limit: 256, maxBytes: 1_048_576 };

/** All changes of one entity up to a position, in log order. */
export async function changesUpTo(store: TemporalReader, entity: EntityName, upTo: bigint): Promise<readonly Change[]> {
  const key = documentKey(entity.entityType, entity.code);
  const changes: Change[] = [];
  for (;;) {
    const after = changes.at(-1)?.event.position ?? 0n;
    await longWork.turn();
    const versions = await store.walk(key, { after, upTo, ...CHANGES_AT_ONCE }, 'change');
    for (const { change } of versions) if (change !== undefined) changes.push(change);
    if (versions.length === 0) return changes;
  }
}
