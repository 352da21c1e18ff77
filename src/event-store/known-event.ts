import { CorruptLedger } from '../kernel/outage';
import { StoredEvent } from './envelope';
import { EventStore } from './event-store';

/** Identifies one event. Its writer does not know `storedAt`, which the store sets. */
export type KnownEvent = Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'position'> &
  Partial<Pick<StoredEvent, 'storedAt'>>;

/**
 * Whether the log has the event at its position. Events are never changed or removed, so then it is the same log up to there.
 */
export async function holds(log: Pick<EventStore, 'readStream'>, known: KnownEvent): Promise<boolean> {
  try {
    for await (const event of log.readStream(known.stream, known.revision)) return isSame(event, known);
    return false;
  } catch (error) {
    // The stream was deleted, or begins later.
    if (error instanceof CorruptLedger) return false;
    throw error;
  }
}

const isSame = (event: StoredEvent, { id, position, storedAt = event.storedAt }: KnownEvent): boolean =>
  event.id === id && event.position === position && event.storedAt === storedAt;
