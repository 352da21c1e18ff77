import { createSecretKey } from 'node:crypto';
import { isSafeSecret, MIN_SECRET_BYTES } from '../shared-secret';
import { KeySource } from './key-source';

/** The secret that the issuer and this server share. */
export function sharedSecretKey(secret: string): KeySource {
  if (!isSafeSecret(secret)) {
    throw new Error(
      `A secret needs at least ${MIN_SECRET_BYTES} bytes, not all of them spaces: a weaker one can be guessed.`,
    );
  }
  const key = createSecretKey(secret, 'utf8');
  return {
    findKey: () => key,
    requireKeys: () => Promise.resolve(),
    algorithms: ['HS256'],
    trustedForMs: Infinity,
  };
}
