import { createHash, randomBytes } from 'node:crypto';

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
const PREFIX = 'whsec_';
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;
const NEW_BYTES = 32;

export const SECRET_EXPECTED = `must be ${PREFIX} and ${FEWEST_BYTES} to ${MOST_BYTES} random bytes in base64`;

export const newSecret = (): string => `${PREFIX}${randomBytes(NEW_BYTES).toString('base64')}`;

/** What signs; undefined if the text is no secret. */
export function keyOf(secret: string): Buffer | undefined {
  if (!secret.startsWith(PREFIX)) return undefined;
  const text = secret.slice(PREFIX.length);
  const key = Buffer.from(text, 'base64');
  const isCanonical = key.toString('base64') === text;
  return isCanonical && key.length >= FEWEST_BYTES && key.length <= MOST_BYTES ? key : undefined;
}

/** What the log knows of a secret. A secret is random, so nobody finds it by its hash. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * Keeps secrets outside the log, by their hashes. Every process that delivers needs those that another process was given. Throws `Outage`.
 */
export interface SecretStore {
  /** Durable when it returns. */
  put(secret: string): void;
  get(hash: string): string | undefined;
  remove(hash: string): void;
}
