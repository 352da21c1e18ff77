import { z } from 'zod';
import { SharedWork } from '../../kernel/async';
import { isTrustedUrl, TRUSTED_URL_EXPECTED } from '../trusted-url';
import { FailurePause } from './failure-pause';
import { FetchDocument, pausingFetch } from './json-document';
import { KeySource } from './key-source';
import { KEYS_TRUSTED_FOR_MS, PUBLIC_KEYS, publishedKeys, unreadable } from './published-keys';

const WELL_KNOWN = '/.well-known/openid-configuration';

export interface DiscoveryOptions {
  /** How long to wait for each answer. */
  readonly timeoutMs: number;
  /** Origins from which keys may be read by http. */
  readonly httpOrigins?: readonly string[];
}

interface Discovered {
  readonly keys: KeySource;
  /** By `performance.now()`. */
  readonly until: number;
}

/** The keys of an OpenID provider, at the address that the provider says (OpenID Connect Discovery 1.0). */
export function discoveredKeys(issuer: string, options: DiscoveryOptions): KeySource {
  const fetchDocument = pausingFetch(new FailurePause());
  let known: Discovered | undefined;
  const discovery = new SharedWork(async (): Promise<KeySource> => {
    if (known !== undefined && performance.now() < known.until) return known.keys;
    const keys = publishedKeys(await keyAddressOf(issuer, fetchDocument, options), options.timeoutMs);
    known = { keys, until: performance.now() + KEYS_TRUSTED_FOR_MS };
    return keys;
  });
  const read = (): Promise<KeySource> => discovery.run().catch(unreadable);
  return {
    ...PUBLIC_KEYS,
    requireKeys: async () => (await read()).requireKeys(),
    findKey: async (header, token) => (await read()).findKey(header, token),
  };
}

/** Throws if the document is another issuer's, or if its keys could be altered on the way. */
async function keyAddressOf(
  issuer: string,
  fetchDocument: FetchDocument,
  { timeoutMs, httpOrigins = [] }: DiscoveryOptions,
): Promise<URL> {
  const Configuration = z.object({
    issuer: z.literal(issuer),
    jwks_uri: z.string().refine((url) => isTrustedUrl(url, httpOrigins), `expected ${TRUSTED_URL_EXPECTED}`),
  });
  const url = issuer.replace(/\/$/, '') + WELL_KNOWN;
  const { jwks_uri } = await fetchDocument(url, { signal: AbortSignal.timeout(timeoutMs) }, Configuration);
  return new URL(jwks_uri);
}
