import { createRemoteJWKSet, customFetch, errors, type CryptoKey, type JWSHeaderParameters } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Outage } from '../../kernel/outage';
import { FailurePause } from './failure-pause';
import { pausingFetch } from './json-document';
import { KeySource } from './key-source';

/**
 * Fetched keys, and tokens verified with them, are checked again after this time. So a withdrawn key stops working after at
 * most twice as long.
 */
export const KEYS_TRUSTED_FOR_MS = 10 * 60_000;

/** A key that is not among the fetched ones may be new: the keys are fetched again, if they are older than this. */
const RELOAD_AT_MOST_EVERY_MS = 5_000;

/** A key id that was not among keys just fetched causes no fetch within this time. Another fetch may find it before. */
const UNKNOWN_FOR_MS = 10_000;
const MAX_UNKNOWN = 1_000;

const PUBLIC_KEY_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** RFC 7518, 3.3: no RSA key is shorter. jose reports one as an error in the use of jose. */
const MIN_RSA_BITS = 2048;

const KeySet = z.looseObject({ keys: z.array(z.looseObject({})) });

/** What every source of public keys has in common. */
export const PUBLIC_KEYS: Pick<KeySource, 'algorithms' | 'trustedForMs'> = {
  algorithms: PUBLIC_KEY_ALGORITHMS,
  trustedForMs: KEYS_TRUSTED_FOR_MS,
};

/** The keys that an issuer publishes at an address, as a JSON Web Key Set. */
export function publishedKeys(url: URL, timeoutMs: number, pause = new FailurePause()): KeySource {
  const unknown = new LRUCache<string, true>({ max: MAX_UNKNOWN, ttl: UNKNOWN_FOR_MS, ttlResolution: 0 });
  const fetchDocument = pausingFetch(pause);
  let fetches = 0;
  const find = createRemoteJWKSet(url, {
    cacheMaxAge: KEYS_TRUSTED_FOR_MS,
    cooldownDuration: RELOAD_AT_MOST_EVERY_MS,
    timeoutDuration: timeoutMs,
    [customFetch]: async (address, options) => {
      const keys = await fetchDocument(address, options, KeySet);
      fetches += 1;
      unknown.clear();
      return Response.json(keys);
    },
  });
  return {
    ...PUBLIC_KEYS,
    requireKeys: async () => {
      if (!find.fresh) await find.reload().catch(unreadable);
    },
    findKey: async (header, token) => {
      const name = nameOf(header);
      const before = fetches;
      if (unknown.has(name)) throw new errors.JWKSNoMatchingKey();
      try {
        const key = await find(header, token);
        requireLength(key);
        return key;
      } catch (error) {
        if (error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        if (!(error instanceof errors.JWKSNoMatchingKey)) return unreadable(error);
        if (fetches > before) unknown.set(name, true);
        throw error;
      }
    },
  };
}

const nameOf = ({ alg, kid }: JWSHeaderParameters): string => JSON.stringify([alg, kid]);

function requireLength({ algorithm }: CryptoKey): void {
  const { modulusLength = MIN_RSA_BITS } = algorithm as { readonly modulusLength?: number };
  if (modulusLength < MIN_RSA_BITS) throw new Error(`The RSA key has only ${modulusLength} bits`);
}

export function unreadable(cause: unknown): never {
  throw new Outage('The public keys for verifying tokens cannot be read.', { cause });
}
