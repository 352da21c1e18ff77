import { JWTVerifyGetKey } from 'jose';

/** Where the keys of one issuer come from. */
export interface KeySource {
  /** Throws a `JOSEError` if there is no such key, and `Outage` if the keys cannot be read. */
  readonly findKey: JWTVerifyGetKey;
  /** Throws `Outage` if the keys cannot be read. */
  readonly requireKeys: () => Promise<void>;
  /** Each source has its own list: a public key must never be accepted as an HMAC secret. */
  readonly algorithms: string[];
  /** For how long a token that was verified needs no second look at its key. */
  readonly trustedForMs: number;
}
