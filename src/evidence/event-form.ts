import { EventTexts, StoredEvent } from '../event-store/envelope';
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
export const eventForm = (event: StoredEvent, order: LogOrder): string =>
  formWith(event, order, { data: canonicalForm(event.data), metadata: canonicalForm(event.metadata) });

/**
 * The same by the texts that the store keeps, which takes a fraction of the time. If they are not canonical, it is the form of no event.
 * undefined if the store keeps no texts.
 */
export const storedForm = (event: StoredEvent, order: LogOrder): string | undefined =>
  event.texts && formWith(event, order, event.texts);

function formWith(event: StoredEvent, { sequence, recordedAt }: LogOrder, { data, metadata }: EventTexts): string {
  const { id, position, revision, storedAt, stream, type } = event;
  const stored = formatInstant(storedAt);
  const recorded = recordedAt === storedAt ? stored : formatInstant(recordedAt);
  // The names are in the order of RFC 8785.
  return (
    `{"data":${data},"id":${canonicalForm(id)},"metadata":${metadata},"position":"${position}",` +
    `"recordedAt":"${recorded}","revision":"${revision}","sequence":"${sequence}","storedAt":"${stored}",` +
    `"stream":${canonicalForm(stream)},"type":${canonicalForm(type)}}`
  );
}

/** The entry of a form in the tree: a commitment, which shows nothing of the event. */
export const entryOf = (form: string): Hash => sha256(form);

export const leafOfForm = (form: string): Hash => leafHash(entryOf(form));

export const eventLeafHash = (event: StoredEvent, order: LogOrder): Hash => leafOfForm(eventForm(event, order));
