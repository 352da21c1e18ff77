import { ArrayMaxSize } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { DecimalScalar } from '../../../graphql/scalars';
import { DEPARTMENT_REFERENCE, FISCAL_YEAR_GIVEN } from '../../../graphql/shared-descriptions';
import { IsDecimal, IsFiscalYear, IsLedgerCode, IsText } from '../../../graphql/validation';

const SCORES = { min: '0', max: '100' } as const;

@InputType()
export abstract class EvaluationInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID, { description: DEPARTMENT_REFERENCE })
  department!: string;

  @IsFiscalYear()
  @Field(() => Int, { description: FISCAL_YEAR_GIVEN })
  fiscalYear!: number;
}

@InputType({ description: '自评开启。The opening of an evaluation.' })
export class OpenEvaluationInput extends EvaluationInput {}

@InputType({
  description:
    '自评提交。不填的内容为空，不沿用上一次提交。The submission of an evaluation. What it leaves out is empty, whatever an earlier submission said.',
})
export class SubmitEvaluationInput extends EvaluationInput {
  @IsDecimal(SCORES)
  @Field(() => DecimalScalar, {
    description:
      '自评得分，0 至 100，最多 10 位小数。The score that the department gives itself: 0 to 100, with at most 10 decimals.',
  })
  selfScore!: string;

  @IsText()
  @Field(() => String, {
    nullable: true,
    description: '评价结论，最多 20000 个字符。The conclusion; at most 20,000 characters.',
  })
  conclusion?: string | null;

  @ArrayMaxSize(100)
  @IsText({ each: true })
  @Field(() => [String], {
    nullable: true,
    description:
      '存在问题，最多 100 条，每条最多 20000 个字符。The problems: at most 100, each of at most 20,000 characters.',
  })
  problems?: string[] | null;

  @ArrayMaxSize(100)
  @IsText({ each: true })
  @Field(() => [String], {
    nullable: true,
    description:
      '改进措施，最多 100 条，每条最多 20000 个字符。The improvements: at most 100, each of at most 20,000 characters.',
  })
  improvements?: string[] | null;
}

@InputType({ description: '自评退回。The return of an evaluation by the review.' })
export class ReturnEvaluationInput extends EvaluationInput {}

@InputType({ description: '自评确认。The confirmation of an evaluation by the review.' })
export class ConfirmEvaluationInput extends EvaluationInput {
  @IsDecimal(SCORES)
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '复核得分，0 至 100，最多 10 位小数；复核不另行打分时不填。The score of the review: 0 to 100, with at most 10 decimals; left out if the review gives no score of its own.',
  })
  reviewScore?: string | null;
}

@InputType({ description: '自评公开。The publication of an evaluation.' })
export class PublishEvaluationInput extends EvaluationInput {}
