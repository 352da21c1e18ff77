import { Field, ObjectType } from 'type-graphql';
import { ConsistencyAnswer, InclusionAnswer } from '../../evidence/proof-answers';
import { Hash } from '../../evidence/tree/hashes';
import { LooksBeyond } from '../lasting/looks-beyond';
import { CheckpointType, checkpointOf } from './checkpoint';

const HASHES = '哈希。SHA-256 hashes in base64, in the order of RFC 9162';

@ObjectType('InclusionProof', {
  description:
    '包含证明。Proves that a leaf is at its place in the tree of a size (RFC 9162, 2.1.3): the siblings on the way from the leaf to the root.',
})
export class InclusionProofType {
  constructor(private readonly answer: InclusionAnswer) {}

  @Field(() => String, { simple: true, description: '树的大小。The size of the tree.' })
  get treeSize(): string {
    return String(this.answer.treeSize);
  }

  @Field(() => String, { simple: true, description: '叶子序号。The place of the leaf, from 0.' })
  get leafIndex(): string {
    return String(this.answer.leafIndex);
  }

  @Field(() => [String], { simple: true, description: `${HASHES}, 2.1.3.1.` })
  get hashes(): readonly string[] {
    return inBase64(this.answer.hashes);
  }

  @Field(() => CheckpointType, {
    nullable: true,
    simple: true,
    description: '检查点。The checkpoint of that size; null if none is kept.',
  })
  @LooksBeyond()
  get checkpoint(): CheckpointType | undefined {
    return checkpointOf(this.answer.checkpoint);
  }
}

@ObjectType('ConsistencyProof', {
  description:
    '一致性证明。Proves that a larger tree begins with all leaves of a smaller one, unchanged and in the same order (RFC 9162, 2.1.4).',
})
export class ConsistencyProofType {
  constructor(private readonly answer: ConsistencyAnswer) {}

  @Field(() => String, { simple: true, description: '较小的树。The size of the smaller tree.' })
  get first(): string {
    return String(this.answer.first);
  }

  @Field(() => String, { simple: true, description: '较大的树。The size of the larger tree.' })
  get second(): string {
    return String(this.answer.second);
  }

  @Field(() => [String], { simple: true, description: `${HASHES}, 2.1.4.1.` })
  get hashes(): readonly string[] {
    return inBase64(this.answer.hashes);
  }
}

const inBase64 = (hashes: readonly Hash[]): readonly string[] => hashes.map((hash) => hash.toString('base64'));
