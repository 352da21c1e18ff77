import { z } from 'zod';
import { CorruptLedger } from '../kernel/outage';
import { formatInstant, Instant, readInstant } from '../kernel/time';
import { StoredEvent } from './envelope';

const NumberText = z.string().regex(/^[1-9]\d{0,18}$/);

const Stored = z.strictObject({
  sequence: NumberText,
  position: NumberText,
  storedAt: z.string(),
  leafHash: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});

/** An imported event as it was in the log that it is from. */
export interface OriginalEvent {
  readonly sequence: bigint;
  readonly event: StoredEvent;
}

/** Throws `CorruptLedger` if the event does not say where it is from. */
export function originalEvent({ texts: _, ...stored }: StoredEvent): OriginalEvent {
  const { imported, ...metadata } = stored.metadata;
  const place = Stored.safeParse(imported).data;
  const storedAt: Instant = readInstant(place?.storedAt ?? '');
  if (place === undefined || Number.isNaN(storedAt) || formatInstant(storedAt) !== place.storedAt) {
    throw new CorruptLedger(
      `The event at position ${stored.position} of the store does not say where it was before the import`,
    );
  }
  return {
    sequence: BigInt(place.sequence),
    event: {
      ...stored,
      metadata,
      position: BigInt(place.position),
      storedAt,
      inImportedLog: { leafHash: place.leafHash },
    },
  };
}
