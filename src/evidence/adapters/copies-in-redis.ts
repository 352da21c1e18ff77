import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { CheckpointCopies } from '../copies/checkpoint-copies';
import { checkpointLine, readCheckpointLine } from '../copies/checkpoint-line';
import { KeptCheckpoint } from '../kept-checkpoint';

export interface CopiesInRedisOptions {
  readonly client: Redis | Cluster;
  readonly keyPrefix: string;
  readonly origin: string;
}

/** The newest checkpoint in Redis, where the other processes of the ledger find it. */
export class CopiesInRedis implements CheckpointCopies {
  readonly name = 'Redis';
  private readonly key: string;

  constructor(private readonly options: CopiesInRedisOptions) {
    const { keyPrefix, origin } = options;
    this.key = `${keyPrefix}checkpoint:${createHash('sha256').update(origin).digest('hex').slice(0, 16)}`;
  }

  async newest(): Promise<KeptCheckpoint | undefined> {
    const line = await this.options.client.get(this.key);
    if (line === null) return undefined;
    const found = readCheckpointLine(line);
    if (found === undefined) throw new Error(`${this.key} has no checkpoint`);
    return found;
  }

  async put(checkpoint: KeptCheckpoint): Promise<void> {
    await this.options.client.set(this.key, checkpointLine(checkpoint));
  }
}
