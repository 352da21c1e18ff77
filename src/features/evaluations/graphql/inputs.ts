import { ArrayMaxSize } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { DecimalScalar } from '../../../graphql/scalars';
import { IsDecimal, IsFiscalYear, IsLedgerCode, IsText } from '../../../graphql/validation';

const SCORES = { min: '0', max: '100' } as const;

@InputType()
export abstract class EvaluationInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID)
  department!: string;

  @IsFiscalYear()
  @Field(() => Int)
  fiscalYear!: number;
}

@InputType()
export class OpenEvaluationInput extends EvaluationInput {}

@InputType()
export class SubmitEvaluationInput extends EvaluationInput {
  @IsDecimal(SCORES)
  @Field(() => DecimalScalar, { description: '自评得分。0 to 100, with at most 10 decimals.' })
  selfScore!: string;

  @IsText()
  @Field(() => String, { nullable: true, description: '评价结论。' })
  conclusion?: string | null;

  @ArrayMaxSize(100)
  @IsText({ each: true })
  @Field(() => [String], { nullable: true, description: '存在问题。' })
  problems?: string[] | null;

  @ArrayMaxSize(100)
  @IsText({ each: true })
  @Field(() => [String], { nullable: true, description: '改进措施。' })
  improvements?: string[] | null;
}

@InputType()
export class ReturnEvaluationInput extends EvaluationInput {}

@InputType()
export class ConfirmEvaluationInput extends EvaluationInput {
  @IsDecimal(SCORES)
  @Field(() => DecimalScalar, {
    nullable: true,
    description: '复核得分。0 to 100, with at most 10 decimals; left out where the review gives none of its own.',
  })
  reviewScore?: string | null;
}

@InputType()
export class PublishEvaluationInput extends EvaluationInput {}
