import { discoveredKeys } from './discovered-keys';
import { KeySource } from './key-source';
import { publishedKeys } from './published-keys';
import { sharedSecretKey } from './shared-secret-key';

export interface KeyOptions {
  /** The shared secret of HS256 tokens. At most one of `secret` and `jwksUrl` is given. */
  readonly secret?: string;
  /** The URL of the public keys. */
  readonly jwksUrl?: string;
  /** Without `secret` and `jwksUrl`, it says where its public keys are. */
  readonly issuer?: string;
  /** Origins from which discovered keys may be read by http. The configuration compares `jwksUrl` and `issuer` with them. */
  readonly httpOrigins?: readonly string[];
}

export function keySourceOf({ secret, jwksUrl, issuer, httpOrigins }: KeyOptions, timeoutMs: number): KeySource {
  if (secret !== undefined && jwksUrl === undefined) return sharedSecretKey(secret);
  if (jwksUrl !== undefined && secret === undefined) return publishedKeys(new URL(jwksUrl), timeoutMs);
  if (issuer !== undefined && secret === undefined) return discoveredKeys(issuer, { timeoutMs, httpOrigins });
  throw new Error('Tokens are verified with a secret, a JWKS URL or the keys of an issuer: set exactly one of them.');
}
