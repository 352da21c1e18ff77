import { LRUCache } from 'lru-cache';
import { Instant } from '../kernel/time';

interface CachedToken<Value> {
  readonly token: string;
  readonly value: Value;
  readonly until: Instant;
}

/** What valid tokens say. Invalid tokens are never put here, so a flood of them evicts none. */
export class TokenCache<Value> {
  private readonly tokens: LRUCache<string, CachedToken<Value>>;

  constructor(size: number) {
    this.tokens = new LRUCache({ max: size });
  }

  get(token: string, now: Instant): Value | undefined {
    const known = this.tokens.get(keyOf(token));
    if (known?.token !== token) return undefined;
    if (now < known.until) return known.value;
    this.tokens.delete(keyOf(token));
    return undefined;
  }

  set(token: string, value: Value, until: Instant): void {
    this.tokens.set(keyOf(token), { token, value, until });
  }
}

/**
 * The end of the signature: hashing the whole token would cost more than anything else in an answer. The whole token is still
 * compared after the lookup.
 */
const keyOf = (token: string): string => token.slice(-43);
