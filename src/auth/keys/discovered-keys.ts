import { z } from 'zod';
import { SharedWork } from '../../kernel/async';
import { isTrustedUrl } from '../trusted-url';
import { FailurePause } from './failure-pause';
import { FetchDocument, pausingFetch } from './json-document';
import { KeySource } from './key-source';
import { KEYS_TRUSTED_FOR_MS, PUBLIC_KEYS, publishedKeys, unreadable } from './published-keys';

const WELL_KNOWN = '/.well-known/openid-configuration';

interface Discovered {
  readonly keys: KeySource;
  /** By `performance.now()`. */
  readonly until: number;
}

/** The keys of an OpenID provider, at the address that the provider says (OpenID Connect Discovery 1.0). */
export function discoveredKeys(issuer: string, timeoutMs: number): KeySource {
  const fetchDocument = pausingFetch(new FailurePause());
  let known: Discovered | undefined;
  const discovery = new SharedWork(async (): Promise<KeySource> => {
    if (known !== undefined && performance.now() < known.until) return known.keys;
    const keys = publishedKeys(await keyAddressOf(issuer, fetchDocument, timeoutMs), timeoutMs);
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
async function keyAddressOf(issuer: string, fetchDocument: FetchDocument, timeoutMs: number): Promise<URL> {
  const Configuration = z.object({
    issuer: z.literal(issuer),
    jwks_uri: z.string().refine(isTrustedUrl, 'expected an https address'),
  });
  const url = issuer.replace(/\/$/, '') + WELL_KNOWN;
  const { jwks_uri } = await fetchDocument(url, { signal: AbortSignal.timeout(timeoutMs) }, Configuration);
  return new URL(jwks_uri);
}
