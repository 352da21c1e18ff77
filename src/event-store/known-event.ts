import { CorruptLedger } from '../kernel/outage';
import { StoredEvent } from './envelope';
import { EventStore } from './event-store';

/** What tells an event from every other. The time that the store gave it is not known to its writer. */
export type KnownEvent = Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'position'> &
  Partial<Pick<StoredEvent, 'storedAt'>>;

/** Whether the log holds the event at its place. Nothing is ever changed or removed, so it is the same log up to there. */
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
