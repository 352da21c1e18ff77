import { Redis } from 'ioredis';
import { Telemetry } from '../../../kernel/telemetry';
import { Client, mastersOf } from './connection';
import { isRefusal, nameOf } from './server-settings';

export const MAXMEMORY_POLICIES = [
  'noeviction',
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
] as const;
export type MaxmemoryPolicy = (typeof MAXMEMORY_POLICIES)[number];

export interface EvictionPolicyOptions {
  readonly client: Client;
  /** The policy that the operator allows besides noeviction. Also assumed if a server does not report its policy. */
  readonly allowed?: MaxmemoryPolicy;
  /** Learns of each new problem once. */
  readonly telemetry: Telemetry;
  readonly lookEveryMs?: number;
}

const LOOK_EVERY_MS = 5_000;

/** Watches whether a server could evict read models, which would cause refused reads and rebuilds (docs/adr/0018). */
export class EvictionPolicy {
  private found: string | undefined;
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly options: EvictionPolicyOptions) {}

  /** The problem in one line; undefined if there is none on the servers that could be reached. */
  get problem(): string | undefined {
    return this.found;
  }

  /** Checks all masters that can be reached. */
  async look(): Promise<string | undefined> {
    const { client, telemetry } = this.options;
    try {
      // A client knows its masters only after it has connected.
      await client.ping();
      const problems = await Promise.all(mastersOf(client).map((node) => this.problemOf(node)));
      const problem = problems.find((each) => each !== undefined);
      if (problem !== undefined && problem !== this.found) telemetry.report({ kind: 'eviction-possible', problem });
      this.found = problem;
    } catch {
      // Readers report the outage. The last result stays until a server answers again.
    }
    return this.found;
  }

  /** Checks periodically until `stop`. */
  watch(): void {
    let busy = false;
    this.looking = setInterval(() => {
      if (busy) return;
      busy = true;
      void this.look().finally(() => (busy = false));
    }, this.options.lookEveryMs ?? LOOK_EVERY_MS);
    this.looking.unref();
  }

  stop(): void {
    clearInterval(this.looking);
  }

  private async problemOf(node: Redis): Promise<string | undefined> {
    const { allowed } = this.options;
    const policy = await policyOf(node);
    if (policy === undefined) {
      return allowed === undefined
        ? `${nameOf(node)} does not report its maxmemory-policy: make sure that it is noeviction, and set REDIS_MAXMEMORY_POLICY to it`
        : undefined;
    }
    return policy === 'noeviction' || policy === allowed
      ? undefined
      : `${nameOf(node)} has maxmemory-policy ${policy} and would evict read models: set it to noeviction, or allow it with REDIS_MAXMEMORY_POLICY=${policy}`;
  }
}

/** Managed servers often refuse CONFIG; INFO reports the policy, too. undefined if both are refused. */
async function policyOf(node: Redis): Promise<string | undefined> {
  const configured = await unlessRefused(node.config('GET', 'maxmemory-policy') as Promise<readonly string[]>);
  if (configured?.[1] !== undefined) return configured[1];
  const info = await unlessRefused(node.info('memory'));
  return /^maxmemory_policy:(\S+)/m.exec(info ?? '')?.[1];
}

async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
