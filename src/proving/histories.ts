import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { eventLeafHash } from '../evidence/event-form';
import { OrderedEvent } from '../evidence/files/evidence-file';
import { leafIndexOf } from '../evidence/log-order';
import { Hash } from '../evidence/tree/hashes';
import { LogMismatch } from '../kernel/outage';
import { Patience, patiently } from '../kernel/patience';
import { longWork, Worker } from '../kernel/turns';
import { Change } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';
import { changesUpTo } from '../reading/entity-changes';
import { SignedSize } from './signed-log';

export interface LeafEvent extends OrderedEvent {
  readonly leaf: Hash;
}

export interface HistoryServices {
  readonly store: TemporalReader;
  /** That of the request; undefined if there is none. */
  readonly patience: Patience | undefined;
  /** As it is stored, before any upcasting. */
  readonly log: Pick<EventStore, 'readStream' | 'readAll'>;
  readonly streams: StreamNames;
  readonly worker: Worker | undefined;
}

/** All events of an entity up to the size of the tree. */
export async function historyOf(
  { store, log, streams, worker, patience }: HistoryServices,
  stream: string,
  signed: SignedSize,
): Promise<readonly LeafEvent[]> {
  const changes = await changesUpTo(store, streams.entityOf(stream), signed.position);
  const events: LeafEvent[] = [];
  for await (const event of waitingFor(log.readStream(stream), patience)) {
    const change = changes[events.length];
    if (change === undefined) break;
    const turn = longWork.pass(worker);
    if (turn !== undefined) await turn;
    events.push(inTree(event, change, signed));
  }
  if (events.length < changes.length) throw new LogMismatch(`The log has lost events of ${stream}`);
  return events;
}

/** The event of one change. */
export async function eventOf(
  { log, patience }: HistoryServices,
  change: Change,
  signed: SignedSize,
): Promise<LeafEvent> {
  for await (const event of waitingFor(log.readAll(change.event.position - 1n), patience))
    return inTree(event, change, signed);
  throw new LogMismatch(`The log has lost the event at position ${change.event.position}`);
}

const waitingFor = <T>(events: AsyncIterable<T>, patience: Patience | undefined): AsyncIterable<T> =>
  patience === undefined ? events : patiently(events, patience);

/** Throws `LogMismatch` unless the event that was read is the one that was signed. */
function inTree(
  event: StoredEvent,
  { event: { position }, sequence, recordedAt }: Change,
  signed: SignedSize,
): LeafEvent {
  const order = { sequence, recordedAt };
  const leaf = eventLeafHash(event, order);
  const index = leafIndexOf(event, order);
  if (event.position === position && signed.hashOf({ from: index, to: index + 1n }).equals(leaf))
    return { event, order, leaf };
  throw new LogMismatch(`The event at position ${position} is not the one that was signed`);
}
