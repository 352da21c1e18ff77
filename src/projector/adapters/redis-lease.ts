import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import { Outage } from '../../kernel/outage';
import { Lease, LeasedWork } from '../lease';

export interface RedisLeaseOptions {
  readonly client: Redis | Cluster;
  /** Must have a hash tag, because the lease uses two keys. */
  readonly key: string;
  /** The lease expires if its holder does not renew it for this long. */
  readonly ttlMs?: number;
}

/**
 * KEYS: the lease and its last token. ARGV: the owner, milliseconds. Tokens follow the server's clock, so that they still
 * increase after the server was emptied and has lost the last token.
 */
const TAKE = `
  if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local token = math.max(now, tonumber(redis.call('GET', KEYS[2]) or 0) + 1)
  redis.call('SET', KEYS[2], string.format('%.0f', token))
  return string.format('%.0f', token)`;
const RENEW = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0`;
const GIVE_BACK = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0`;

/**
 * How long the lease is held, by this process's own monotonic clock: if Redis does not answer, the lease must be given up before it
 * expires.
 */
interface Term {
  expires: number;
}

interface Taken {
  readonly token: bigint;
  readonly term: Term;
}

/**
 * A key that expires unless its holder renews it. The fencing token keeps out a holder that has not noticed the loss of its
 * lease.
 */
export class RedisLease implements Lease {
  private readonly ttlMs: number;

  constructor(private readonly options: RedisLeaseOptions) {
    this.ttlMs = options.ttlMs ?? 3_000;
  }

  async hold(signal: AbortSignal, work: LeasedWork): Promise<void> {
    const owner = randomUUID();
    const taken = await this.take(owner, signal);
    if (taken === undefined) return;
    const { token, term } = taken;
    const lost = new AbortController();
    const done = new AbortController();
    const renewing = this.renew(owner, term, done.signal).then(() => {
      if (!done.signal.aborted) lost.abort();
    });
    try {
      await work(token, AbortSignal.any([signal, lost.signal]), () => performance.now() < term.expires);
    } finally {
      done.abort();
      await renewing;
      await this.run(GIVE_BACK, owner).catch(() => undefined);
    }
    if (lost.signal.aborted && !signal.aborted) throw new Outage('Redis: the lease of the projector was lost');
  }

  private async take(owner: string, signal: AbortSignal): Promise<Taken | undefined> {
    while (!signal.aborted) {
      const asked = performance.now();
      const token = await this.run(TAKE, owner);
      if (typeof token === 'string') return { token: BigInt(token), term: { expires: asked + this.ttlMs } };
      await pause(this.ttlMs / 6, undefined, { signal }).catch(() => undefined);
    }
    return undefined;
  }

  /** Resolves when the lease is lost, or when the work is done. */
  private async renew(owner: string, term: Term, done: AbortSignal): Promise<void> {
    for (;;) {
      const rest = Math.min(this.ttlMs / 3, term.expires - performance.now());
      await pause(Math.max(0, rest), undefined, { signal: done }).catch(() => undefined);
      const asked = performance.now();
      if (done.aborted || asked >= term.expires) break;
      const over = new AbortController();
      const renewed = await Promise.race([
        this.run(RENEW, owner).catch(() => undefined),
        pause(term.expires - asked, undefined, { signal: AbortSignal.any([done, over.signal]) }).catch(() => undefined),
      ]);
      over.abort();
      if (renewed === 0) break;
      if (renewed === 1) term.expires = asked + this.ttlMs;
    }
    term.expires = -Infinity;
  }

  private async run(script: string, owner: string): Promise<unknown> {
    const { client, key } = this.options;
    try {
      return await client.eval(script, 2, key, `${key}:token`, owner, this.ttlMs);
    } catch (error) {
      throw new Outage('Redis: the lease of the projector cannot be read', { cause: error });
    }
  }
}
