import { Field, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../../graphql/enums';
import { Node } from '../../../graphql/node-type';
import { countedConnectionTypes } from '../../../graphql/pages';
import { payloadType } from '../../../graphql/payload';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DecimalScalar } from '../../../graphql/scalars';
import { FISCAL_YEAR } from '../../shared/descriptions';
import { EvaluationStatuses, Grades } from '../choices';
import { Grade, gradeOfView } from '../grade';
import { EvaluationStatus } from '../record';
import { EvaluationView } from '../views';

export const EvaluationStatusEnum = enumOf(EvaluationStatuses);
const GradeEnum = enumOf(Grades);

@ObjectType('Evaluation', {
  implements: [Node, Recorded],
  description:
    "绩效自评：部门对一个预算年度的自评，名称为 部门.年度。A department's evaluation of one fiscal year, named DEPARTMENT.YEAR.",
})
export class EvaluationType extends EntityNode<EvaluationView> {
  @Field(() => Int, { simple: true, description: FISCAL_YEAR })
  get fiscalYear(): number {
    return this.view.fiscalYear;
  }

  @Field(() => EvaluationStatusEnum, {
    simple: true,
    description:
      '状态：有效的最后一步的状态；没有时为 DRAFT。The status of the last step in force; DRAFT if there is none.',
  })
  get status(): EvaluationStatus {
    return this.view.status;
  }

  @Field(() => Int, {
    simple: true,
    description:
      '轮次，从 1 起；退回后紧接的提交开始新一轮。The round, from 1; a submission that directly follows a return begins the next.',
  })
  get round(): number {
    return this.view.round;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '评价结论，取有效的最后一次提交。The conclusion of the last submission in force.',
  })
  get conclusion(): string | undefined {
    return this.view.conclusion;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '自评得分，0 至 100，取有效的最后一次提交；没有时为 null。The score of the last submission in force, 0 to 100; null if there is none.',
  })
  get selfScore(): string | undefined {
    return this.view.selfScore;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '复核得分，0 至 100，取有效的最后一次确认；未给出时为 null。The score of the last confirmation in force, 0 to 100; null if it gave none.',
  })
  get reviewScore(): string | undefined {
    return this.view.reviewScore;
  }

  @Field(() => GradeEnum, {
    nullable: true,
    simple: true,
    description:
      '等级：按复核得分，没有则按自评得分，先保留两位小数；没有得分时为 null。The grade of reviewScore, or of selfScore if there is none, rounded to 2 decimals first; null if there is no score.',
  })
  get grade(): Grade | undefined {
    return gradeOfView(this.view);
  }

  @Field(() => [String], {
    simple: true,
    description: '存在问题，取有效的最后一次提交。The problems that the last submission in force names.',
  })
  get problems(): readonly string[] {
    return this.view.problems;
  }

  @Field(() => [String], {
    simple: true,
    description: '改进措施，取有效的最后一次提交。The improvements that the last submission in force names.',
  })
  get improvements(): readonly string[] {
    return this.view.improvements;
  }
}

export const EvaluationPayload = payloadType(
  'Evaluation',
  EvaluationType,
  '自评写入结果。The result of a write to an evaluation.',
);

export const EvaluationConnection = countedConnectionTypes(
  'Evaluation',
  () => EvaluationType,
  '自评分页，按代码排列，游标为代码，即 部门.年度。A page of evaluations, by code; a cursor is a code, DEPARTMENT.YEAR',
);
export type EvaluationConnection = InstanceType<typeof EvaluationConnection>;
