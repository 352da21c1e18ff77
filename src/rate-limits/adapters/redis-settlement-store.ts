import { randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { Outage } from '../../kernel/outage';
import { NamedCount, Settled, SettlementStore } from '../settlement';

export interface RedisSettlementOptions {
  readonly client: Redis | Cluster;
  readonly keyPrefix: string;
  /** A node that has not settled for this long does not count any more. */
  readonly nodeTtlMs?: number;
}

/**
 * KEYS: the nodes with the time of their last settlement; then for each count what each node has let through.
 * ARGV: this node, how long a node counts, how long counts are kept (both in milliseconds); then the counts.
 */
const SETTLE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local isNew = redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  local answer = { string.format('%.0f', now), redis.call('ZCARD', KEYS[1]), isNew }
  for index = 2, #KEYS do
    redis.call('HSET', KEYS[index], ARGV[1], ARGV[index + 2])
    redis.call('PEXPIRE', KEYS[index], ARGV[3])
    local total = 0
    for _, spent in ipairs(redis.call('HVALS', KEYS[index])) do total = total + tonumber(spent) end
    answer[index + 2] = string.format('%.6f', total)
  end
  return answer`;

/** In Redis: one script for all counts. Each node has a field of its own, so a count that is sent twice counts once. */
export class RedisSettlementStore implements SettlementStore {
  private readonly node = randomUUID();

  constructor(private readonly options: RedisSettlementOptions) {}

  async settle(counts: readonly NamedCount[], windowSeconds: number): Promise<Settled> {
    const { client, keyPrefix, nodeTtlMs = 2_000 } = this.options;
    // The hash tag keeps all keys on one server of a cluster, which a script needs.
    const tag = `{${keyPrefix}rates}`;
    const keys = counts.map(({ quota, caller, window }) => `${tag}:${quota}:${window}:${caller}`);
    const expiresMs = 2_000 * windowSeconds;
    const spent = counts.map((count) => count.spent);
    const args = [`${tag}:nodes`, ...keys, this.node, nodeTtlMs, expiresMs, ...spent];
    try {
      const answer = (await client.eval(SETTLE, keys.length + 1, ...args)) as readonly (string | number)[];
      const [now = 0, nodes = 1, isNew = 0, ...totals] = answer.map(Number);
      return { now, nodes, isNew: isNew === 1, totals };
    } catch (error) {
      throw new Outage('Redis: the rate limits cannot be settled', { cause: error });
    }
  }
}
