import { randomUUID } from 'node:crypto';
import { v5 as uuidFrom } from 'uuid';

const EVENT_IDS = '3f0c7a52-8a0e-4a3e-9c86-5a5b1f4d2e10';

/**
 * The same command under the same key has the same event ids in every process. The fingerprint is part of them, so that the
 * store does not take a different command under the same key for a repetition.
 */
export const eventId = (
  stream: string,
  sent: { idempotencyKey?: string; fingerprint?: string },
  index: number,
): string =>
  sent.idempotencyKey === undefined
    ? randomUUID()
    : uuidFrom(JSON.stringify([stream, sent.idempotencyKey, sent.fingerprint, index]), EVENT_IDS);
