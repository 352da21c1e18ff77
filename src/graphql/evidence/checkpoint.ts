import { Field, ObjectType } from 'type-graphql';
import { KeptCheckpoint } from '../../evidence/kept-checkpoint';
import { Checkpoint, parseCheckpoint } from '../../evidence/notes/checkpoint';
import { parseNote } from '../../evidence/notes/signed-note';
import { Instant } from '../../kernel/time';
import { DateTimeScalar, PositionScalar } from '../scalars';

@ObjectType('Checkpoint', {
  description:
    '检查点。A signed note (C2SP tlog-checkpoint): origin, size, root hash, signature lines. The newest one is at most 2 seconds older than the newest event.',
})
export class CheckpointType {
  private readonly signed: Checkpoint;

  constructor(private readonly kept: KeptCheckpoint) {
    this.signed = parseCheckpoint(parseNote(kept.note).text);
  }

  @Field(() => String, {
    simple: true,
    description: '日志名称。The name of the ledger in its checkpoints. It never changes.',
  })
  get origin(): string {
    return this.signed.origin;
  }

  @Field(() => String, { simple: true, description: '树的大小。How many events the tree has, as a decimal number.' })
  get treeSize(): string {
    return String(this.signed.treeSize);
  }

  @Field(() => String, { simple: true, description: '根哈希。The root of the tree, in base64.' })
  get rootHash(): string {
    return this.signed.rootHash.toString('base64');
  }

  @Field(() => PositionScalar, {
    simple: true,
    description: '账本位置。The position of its last event; 0 if it has none.',
  })
  get position(): bigint {
    return this.kept.position;
  }

  @Field(() => DateTimeScalar, {
    simple: true,
    description: '记录时间。The recordedAt of its last event; the epoch if it has none.',
  })
  get recordedAt(): Instant {
    return this.kept.recordedAt;
  }

  @Field(() => String, { simple: true, description: '签名文本。The signed note itself.' })
  get note(): string {
    return this.kept.note;
  }

  @Field(() => String, {
    simple: true,
    description:
      '实体清单签名文本。The second signed note of the same size: the root of an authenticated map from each department to its number of entities and the root of the map from each of them to its number of changes and the leaf hash of its last. It proves that the history of an entity is whole, and that no entity of a department was left out.',
  })
  get headsNote(): string {
    return this.kept.headsNote;
  }
}

export const checkpointOf = (kept: KeptCheckpoint | undefined): CheckpointType | undefined =>
  kept && new CheckpointType(kept);
