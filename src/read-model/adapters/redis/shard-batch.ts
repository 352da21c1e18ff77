import { DamagedReadModels } from '../../../kernel/outage';
import { LogPoint, pointAfter } from '../../change';
import { ProjectedChange } from '../../temporal-store';
import { writeChange } from '../../written-change';
import { orderedCode, padded, writeVersion } from './codec';
import { ShardKey, VersionKeys } from './keys';

type Argument = string | number;

/** What a batch of changes does to one shard, as arguments of the script (apply-script.ts). */
export class ShardBatch {
  private readonly streams = new Map<string, { readonly index: number; readonly length: number; added: number }>();
  private readonly collections = new Map<string, number>();
  private readonly entries: {
    readonly stream: number;
    readonly id: string;
    readonly fields: () => readonly string[];
  }[] = [];
  private readonly members: { readonly key: string; readonly code: string; readonly position: string }[] = [];

  constructor(
    readonly shard: number,
    /** Where the shard is after the batch. */
    readonly to: LogPoint,
  ) {}

  /**
   * `before`: how many entries the stream must already have. `fields` is called only if the entry is written, not if it is only
   * checked.
   */
  add(key: string, id: string, before: number, fields: () => readonly string[]): void {
    let stream = this.streams.get(key);
    if (stream === undefined) {
      // The checkpoint is the script's first key.
      stream = { index: this.streams.size + 2, length: before, added: 0 };
      this.streams.set(key, stream);
    }
    if (before !== stream.length + stream.added) {
      throw new DamagedReadModels(
        `${key} would get entry ${before + 1} right after entry ${stream.length + stream.added}`,
      );
    }
    stream.added++;
    this.entries.push({ stream: stream.index, id, fields });
  }

  join(key: string, code: string, position: bigint): void {
    if (!this.collections.has(key)) this.collections.set(key, this.collections.size);
    this.members.push({ key, code: orderedCode(code), position: padded(position) });
  }

  get keys(): readonly string[] {
    return [...this.streams.keys(), ...this.collections.keys()];
  }

  get lengths(): readonly number[] {
    return [...this.streams.values()].map(({ length }) => length);
  }

  additions(): readonly Argument[] {
    const firstCollection = this.streams.size + 2;
    const additions: Argument[] = [this.entries.length];
    for (const { stream, id, fields } of this.entries) {
      const texts = fields();
      additions.push(stream, id, texts.length, ...texts);
    }
    for (const { key, code, position } of this.members) {
      additions.push(firstCollection + (this.collections.get(key) as number), code, position);
    }
    return additions;
  }
}

/** One batch for each shard, even if only its checkpoint moves. What a shard already has is left out. */
export function splitByShard(
  changes: readonly ProjectedChange[],
  keys: VersionKeys,
  points: readonly LogPoint[],
): readonly ShardBatch[] {
  const to = pointAfter((changes.at(-1) as ProjectedChange).change);
  const batches = points.map((_, shard) => new ShardBatch(shard, to));

  for (const { change, documents, members } of changes) {
    const { position } = change.event;
    const batchFor = ({ shard }: ShardKey): ShardBatch | undefined =>
      position > (points[shard] as LogPoint).position ? batches[shard] : undefined;
    const id = `${position}-0`;
    const carrier = documents.find(({ carriesChange }) => carriesChange);
    for (const { key, revision, state, carriesChange } of documents) {
      const target = keys.document(key);
      batchFor(target)?.add(target.key, id, revision - 1, () =>
        writeVersion(revision, state, carriesChange ? change : undefined),
      );
    }
    for (const { collection, code } of members) {
      const target = keys.collection(collection);
      batchFor(target)?.join(target.key, code, position);
    }
    const { sequence, recordedAt } = change;
    const before = Number(sequence) - 1;
    batchFor(keys.log)?.add(keys.log.key, id, before, () => [
      'q',
      String(sequence),
      't',
      String(recordedAt),
      'd',
      carrier?.key ?? writeChange(change),
    ]);
    batchFor(keys.times)?.add(keys.times.key, `${recordedAt}-${position}`, before, () => ['q', String(sequence)]);
  }
  return batches;
}
