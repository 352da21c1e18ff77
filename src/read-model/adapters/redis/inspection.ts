import { padded } from './codec';
import { Client } from './connection';
import { translating } from './driver-errors';
import { VersionKeys } from './keys';

const KEYS_PER_STEP = 500;
/** The fields of a checkpoint that are not names of keys. */
const FIXED: ReadonlySet<string> = new Set(['cut', 'fence', 'keys']);

/** Compares all keys with their checkpoints, over and over, so that a loss is found even in keys that are never read. */
export class Inspection {
  private readonly cursors = new Map<number, string>();

  constructor(private readonly client: Client) {}

  /** Checks the next keys of each shard. Throws `LostReadModels`. */
  async step(keys: VersionKeys): Promise<void> {
    await Promise.all(Array.from({ length: keys.shards }, (_, shard) => this.lookAt(keys, shard)));
  }

  private async lookAt(keys: VersionKeys, shard: number): Promise<void> {
    const checkpoint = keys.checkpoint(shard);
    const cursor = this.cursors.get(shard) ?? '0';
    const [next, pairs] = await translating(this.client.hscan(checkpoint, cursor, 'COUNT', KEYS_PER_STEP));
    this.cursors.set(shard, next);
    const named = pairs.filter((field, index) => index % 2 === 0 && !FIXED.has(field));
    // Redis returns a small hash as a whole, whatever COUNT says.
    for (let from = 0; from < named.length; from += KEYS_PER_STEP) {
      const part = named.slice(from, from + KEYS_PER_STEP).map((field) => keys.ofField(shard, field));
      await translating(this.client.mjCheck(1 + part.length, checkpoint, part, padded(0)));
    }
  }
}
