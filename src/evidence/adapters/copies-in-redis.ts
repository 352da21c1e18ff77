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

/**
 * KEYS: the checkpoint. ARGV: the new line, its size. Keeps a larger checkpoint: a process that was halted may put one that is old by now.
 * Returns 0 if there is another checkpoint of the same size. Sizes are larger than the numbers of Lua, so they are compared as texts.
 */
const PUT = `
  local stored = redis.call('GET', KEYS[1])
  local readable, line = pcall(cjson.decode, stored or '')
  if readable and type(line) == 'table' and type(line.treeSize) == 'string' and type(line.note) == 'string' then
    local old, new = line.treeSize, ARGV[2]
    if #old > #new or (#old == #new and old > new) then return 1 end
    local function signed(note) return string.match(note, '^(.-)\\n\\n') end
    if old == new and signed(line.note) ~= signed(cjson.decode(ARGV[1]).note) then return 0 end
  end
  redis.call('SET', KEYS[1], ARGV[1])
  return 1`;

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
    const line = checkpointLine(checkpoint);
    const isKept = await this.options.client.eval(PUT, 1, this.key, line, String(checkpoint.treeSize));
    if (isKept === 0) throw new Error(`another process has signed another tree of ${checkpoint.treeSize} events`);
  }
}
