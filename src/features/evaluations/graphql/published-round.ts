import { Field, Int, ObjectType } from 'type-graphql';
import { ChangeType } from '../../../graphql/change';
import { enumOf } from '../../../graphql/enums';
import { DecimalScalar } from '../../../graphql/scalars';
import { Loaded, Scope } from '../../../reading/scope';
import { Grades } from '../choices';
import { Grade, gradeOfView } from '../grade';
import { EvaluationView, PublishedView } from '../views';

const GradeEnum = enumOf(Grades);

@ObjectType('PublishedRound', {
  description: '已公开的一轮。The round that was published last, as it was published.',
})
export class PublishedRoundType {
  constructor(
    readonly scope: Scope,
    readonly loaded: Loaded<EvaluationView>,
    readonly published: PublishedView,
  ) {}

  @Field(() => Int, { simple: true, description: '轮次。The round.' })
  get round(): number {
    return this.published.round;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '自评得分。The score that the department gave itself.',
  })
  get selfScore(): string | undefined {
    return this.published.selfScore;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '复核得分；未给出时为 null。The score of the review; null if it gave none.',
  })
  get reviewScore(): string | undefined {
    return this.published.reviewScore;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '按模板计算的得分；没有模板时为 null。The score by the template; null without one.',
  })
  get computedScore(): string | undefined {
    return this.published.scored?.total;
  }

  @Field(() => GradeEnum, {
    nullable: true,
    simple: true,
    description: '等级：按复核得分，没有则按自评得分。The grade of reviewScore, or of selfScore if there is none.',
  })
  get grade(): Grade | undefined {
    return gradeOfView({ reviewScore: this.reviewScore, selfScore: this.selfScore });
  }

  @Field(() => String, { nullable: true, simple: true, description: '评价结论。The conclusion.' })
  get conclusion(): string | undefined {
    return this.published.conclusion;
  }

  @Field(() => ChangeType, { description: '公开该轮的变更。The change that published the round.' })
  async change(): Promise<ChangeType> {
    const change = await this.scope.change(this.loaded.entity, BigInt(this.published.position));
    return new ChangeType(change, this.scope);
  }
}
