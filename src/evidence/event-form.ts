import { StoredEvent } from '../event-store/envelope';
import { formatInstant, Instant } from '../kernel/time';
import { canonicalForm } from './canonical-form';
import { Hash, leafHash, sha256 } from './tree/hashes';

/** What the order of the log adds to an event. */
export interface LogOrder {
  readonly sequence: bigint;
  readonly recordedAt: Instant;
}

/**
 * The text of an event that its leaf is made of. The event has to be as it is stored: an upcast event has another form. Throws
 * `NoCanonicalForm`.
 */
export const eventForm = (event: StoredEvent, { sequence, recordedAt }: LogOrder): string =>
  canonicalForm({
    stream: event.stream,
    revision: String(event.revision),
    id: event.id,
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    position: String(event.position),
    storedAt: formatInstant(event.storedAt),
    sequence: String(sequence),
    recordedAt: formatInstant(recordedAt),
  });

/** The entry of a form in the tree: a commitment, which shows nothing of the event. */
export const entryOf = (form: string): Hash => sha256(form);

export const eventLeafHash = (event: StoredEvent, order: LogOrder): Hash => leafHash(entryOf(eventForm(event, order)));
