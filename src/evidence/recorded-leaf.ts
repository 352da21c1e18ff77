import { EventStore } from '../event-store/event-store';
import { CorruptLedger } from '../kernel/outage';
import { eventLeafHash, LogOrder } from './event-form';
import { LeafIndices } from './leaf-indices';
import { LogProofs } from './log-proofs';
import { Hash } from './tree/hashes';

/** What names an event on record. */
export interface RecordedEvent extends LogOrder {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
}

/** The leaf hash of an event on record: of the tree if it has the leaf, else of the event as it is stored. */
export async function recordedLeaf(
  proofs: LogProofs | undefined,
  indices: LeafIndices,
  log: Pick<EventStore, 'readStream'>,
  { id, stream, revision, ...order }: RecordedEvent,
): Promise<Hash> {
  if (proofs !== undefined) {
    const leafIndex = await indices.of(order.sequence);
    if (leafIndex < proofs.size) return proofs.leafHash(leafIndex);
  }
  for await (const event of log.readStream(stream, revision)) {
    if (event.id !== id || event.revision !== revision) break;
    return eventLeafHash(event, order);
  }
  throw new CorruptLedger(`The log does not have event ${id} in stream ${stream}`);
}
