import { eventForm } from '../evidence/event-form';
import { leafIndexOf } from '../evidence/log-order';
import { printTlogProof } from '../evidence/notes/tlog-proof';
import { inclusionProof } from '../evidence/tree/proofs';
import { notFound, unwrap } from '../kernel/refusal';
import { EvidenceServices, EvidenceSource, signedSize } from './evidence-maker';
import { eventOf } from './histories';

export interface MadeProof {
  readonly text: string;
  /** Of the last event in the tree of the proof. */
  readonly position: bigint;
}

/** The `.tlog-proof` file of a change. Its extra data is the form of the event, from which the leaf follows. */
export async function makeTlogProof(
  services: EvidenceServices,
  source: EvidenceSource,
  position: bigint,
): Promise<MadeProof> {
  unwrap(await services.reader.resolve({ position }, '/position'));
  const [change] = await services.store.changes({ after: position - 1n, upTo: position, limit: 1 });
  if (change === undefined) return unwrap(notFound(`There is no change at position ${position}`));
  services.reads?.proof({ position }, change);
  const signed = await signedSize(services, source, position);
  const reading = { ...source, store: services.store, patience: services.patience, worker: services.work };
  const { event, order } = await eventOf(reading, change, signed);
  const leafIndex = leafIndexOf(event, order);
  const text = printTlogProof({
    extra: Buffer.from(eventForm(event, order)),
    leafIndex,
    hashes: inclusionProof(leafIndex, signed.treeSize).map((range) => signed.hashOf(range)),
    checkpoint: signed.checkpoint,
  });
  return { text, position: signed.position };
}
