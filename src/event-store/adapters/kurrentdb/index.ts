import { createRequire } from 'node:module';
import type { EventStore } from '../../event-store';
import type * as Kurrent from './kurrent-event-store';

/** The client is loaded only by a process that uses it: to load it takes about 0.3 s of CPU time. */
export function openKurrentEventStore(options: Kurrent.KurrentEventStoreOptions): EventStore {
  const store = createRequire(__filename)('./kurrent-event-store') as typeof Kurrent;
  return store.openKurrentEventStore(options);
}
