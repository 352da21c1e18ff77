import { hash, randomUUID } from 'node:crypto';
import { parse } from 'uuid';
import { EntityName } from '../kernel/codes';
import { uuidOfHash } from '../kernel/uuid';

const EVENT_IDS = Buffer.from(parse('3f0c7a52-8a0e-4a3e-9c86-5a5b1f4d2e10'));

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
    : namedUuid(JSON.stringify([stream, sent.idempotencyKey, sent.fingerprint, index]));

/** Of the event that follows an event of another stream. It is the same whoever appends it, so it is recorded once. */
export const followUpId = (followed: string): string => namedUuid(JSON.stringify(['follows', followed]));

/** Of the event of a command that a second person has confirmed. It is the same whoever appends it, so it is recorded once. */
export const confirmedId = (proposal: string, index: number): string =>
  namedUuid(JSON.stringify(['confirmed', proposal, index]));

/** Of the event that settles a claim. It is the same whoever appends it. */
export const settlementId = (claim: string, as: string): string => namedUuid(JSON.stringify(['settles', claim, as]));

/** The code of the proposal that a command under an idempotency key becomes, in every process. */
export const proposalCode = ({ entityType, code }: EntityName, idempotencyKey: string): string =>
  namedUuid(JSON.stringify(['proposal', entityType, code, idempotencyKey]));

/** RFC 9562, version 5. A command of 1,000 events makes as many, and `v5` of uuid takes four times as long. */
function namedUuid(name: string): string {
  return uuidOfHash(hash('sha1', Buffer.concat([EVENT_IDS, Buffer.from(name)]), 'buffer'), 5);
}
