import { features } from '../../src/app/features';
import { EventStore } from '../../src/event-store/event-store';
import { upcasting } from '../../src/event-store/event-types';
import { testStreams } from './streams';
import { verifyAll } from '../../src/projector/verification';
import { TemporalReader } from '../../src/read-model/temporal-store';
import { collect } from './events';
import { eventually } from './eventually';

/** What a rebuild and a verification need, over a log as its adapter returns it. */
export const ledgerParts = (eventStore: EventStore) => ({
  log: upcasting(eventStore, features.eventTypes),
  streams: testStreams,
  projections: features.projections,
});

/**
 * Checks that the read models reach the head of the log and equal a new fold of it. Nothing may be written at the same time.
 */
export async function expectAgreement(eventStore: EventStore, store: TemporalReader): Promise<void> {
  const head = await eventually('the log can be read', () => eventStore.head());
  const upTo = await eventually(`the read models reach ${String(head)}`, async () => {
    const watermark = await store.watermark();
    return watermark?.position === head && watermark;
  });
  // A part of them may be lost without having been noticed yet.
  const differences = await eventually('everything can be read', () =>
    collect(verifyAll({ ...ledgerParts(eventStore), store, upTo })),
  );
  expect(differences).toEqual([]);
}
