import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
import { IsDecimal, IsFiscalYear, IsLabel, IsLedgerCode, IsLocalDate, IsText } from '../../../graphql/validation';

@InputType()
abstract class TaskInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID)
  code!: string;
}

@InputType({ description: '里程碑。' })
export class MilestoneInput {
  @IsLedgerCode()
  @Field(() => ID, { description: 'Unique within the task.' })
  code!: string;

  @IsLabel()
  @Field(() => String)
  title!: string;

  @IsLocalDate()
  @Field(() => LocalDateScalar, { nullable: true, description: '计划日期。' })
  dueOn?: string | null;
}

@InputType()
export class PlanTaskInput extends TaskInput {
  @IsLedgerCode()
  @Field(() => ID)
  department!: string;

  @IsFiscalYear()
  @Field(() => Int)
  fiscalYear!: number;

  @IsLabel()
  @Field(() => String)
  title!: string;

  @IsText()
  @Field(() => String, { nullable: true, description: '任务目标。' })
  goal?: string | null;

  @IsLedgerCode()
  @Field(() => ID, { nullable: true, description: '上级任务。Another task, which exists already.' })
  parent?: string | null;

  @IsDecimal({ min: '0' })
  @Field(() => DecimalScalar, { nullable: true, description: '权重。0 or more.' })
  weight?: string | null;

  @IsLocalDate()
  @Field(() => LocalDateScalar, { nullable: true, description: '计划开始日期。' })
  startOn?: string | null;

  @IsLocalDate()
  @Field(() => LocalDateScalar, { nullable: true, description: '计划完成日期。Not before startOn.' })
  dueOn?: string | null;

  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Field(() => [MilestoneInput], { nullable: true })
  milestones?: MilestoneInput[] | null;
}

@InputType()
export class ReportTaskProgressInput extends TaskInput {
  @IsDecimal({ min: '0', max: '100' })
  @Field(() => DecimalScalar, {
    description: '进度。0 to 100. Below the progress on record only with a reason.',
  })
  progress!: string;

  @IsText()
  @Field(() => String, { nullable: true, description: '说明。Kept with the change.' })
  note?: string | null;
}

@InputType()
export class ReachMilestoneInput extends TaskInput {
  @IsLedgerCode()
  @Field(() => ID, { description: 'The code of a milestone of the task.' })
  milestone!: string;

  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description: '达成日期。Default: the day of effectiveAt, whose own default is the 00:00 of this day.',
  })
  reachedOn?: string | null;
}

@InputType()
export class CompleteTaskInput extends TaskInput {
  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description: '完成日期。Default: the day of effectiveAt, whose own default is the 00:00 of this day.',
  })
  completedOn?: string | null;
}

@InputType()
export class CancelTaskInput extends TaskInput {}

@InputType()
export class ReopenTaskInput extends TaskInput {}
