import { DocumentKey } from '../../temporal-store';
import { ShardKey, VersionKeys } from './keys';

/** A document or the log, at a position. */
export interface Question {
  readonly of: DocumentKey | 'log';
  readonly at: bigint;
}

export interface ShardCall {
  /** The number of keys, the keys, the position that the shard must have reached, and the positions of the questions. */
  readonly call: readonly [keys: number, ...args: string[]];
  /** How many shards are asked. */
  readonly shards: number;
}

interface Asked {
  readonly keys: VersionKeys;
  readonly questions: readonly Question[];
  /** The position that a shard must have reached to answer a question at `at`. */
  readonly required: (at: bigint) => string;
}

/** Sends each shard the questions about it. The answers are in the order of the questions; undefined if a shard has no answer. */
export async function byShard<T>(
  { keys, questions, required }: Asked,
  ask: (call: ShardCall) => Promise<readonly T[]>,
): Promise<(T | undefined)[]> {
  const keysAsked = questions.map(({ of }) => (of === 'log' ? keys.log : keys.document(of)));
  const shards = new Set(keysAsked.map(({ shard }) => shard));
  const answers = new Array<T | undefined>(questions.length).fill(undefined);
  await Promise.all(
    [...shards].map(async (shard) => {
      const indexes = [...keysAsked.keys()].filter((index) => keysAsked[index]?.shard === shard);
      const asked = indexes.map((index) => questions[index] as Question);
      const furthest = asked.reduce((highest, { at }) => (at > highest ? at : highest), 0n);
      const streams = indexes.map((index) => (keysAsked[index] as ShardKey).key);
      const positions = asked.map(({ at }) => String(at));
      const found = await ask({
        call: [1 + streams.length, keys.checkpoint(shard), ...streams, required(furthest), ...positions],
        shards: shards.size,
      });
      indexes.forEach((index, nth) => (answers[index] = found[nth]));
    }),
  );
  return answers;
}
