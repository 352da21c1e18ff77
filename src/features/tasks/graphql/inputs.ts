import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
import { codeGiven, DEPARTMENT_REFERENCE, FISCAL_YEAR_GIVEN } from '../../../graphql/shared-descriptions';
import { IsDecimal, IsFiscalYear, IsLabel, IsLedgerCode, IsLocalDate, IsText } from '../../../graphql/validation';

@InputType()
abstract class TaskInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID, { description: codeGiven('任务代码', 'The code of the task') })
  code!: string;
}

@InputType({ description: '里程碑。A milestone to plan with its task.' })
export class MilestoneInput {
  @IsLedgerCode()
  @Field(() => ID, {
    description: codeGiven('里程碑代码，在任务内唯一', 'The code of the milestone, unique within the task'),
  })
  code!: string;

  @IsLabel()
  @Field(() => String, {
    description: '里程碑名称，非空，最多 500 个字符。The title of the milestone; not blank, at most 500 characters.',
  })
  title!: string;

  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description: '计划日期，账本时区。The planned date, in the time zone of the ledger.',
  })
  dueOn?: string | null;
}

@InputType({ description: '任务下达。A task to plan. What it says is true from the beginning.' })
export class PlanTaskInput extends TaskInput {
  @IsLedgerCode()
  @Field(() => ID, { description: DEPARTMENT_REFERENCE })
  department!: string;

  @IsFiscalYear()
  @Field(() => Int, { description: FISCAL_YEAR_GIVEN })
  fiscalYear!: number;

  @IsLabel()
  @Field(() => String, {
    description: '任务名称，非空，最多 500 个字符。The title of the task; not blank, at most 500 characters.',
  })
  title!: string;

  @IsText()
  @Field(() => String, {
    nullable: true,
    description: '任务目标，最多 20000 个字符。What the task is to reach; at most 20,000 characters.',
  })
  goal?: string | null;

  @IsLedgerCode()
  @Field(() => ID, {
    nullable: true,
    description:
      '上级任务的代码；上级任务必须已存在，否则 NOT_FOUND。The code of the task that this one is a part of. It is another task and exists already: else NOT_FOUND.',
  })
  parent?: string | null;

  @IsDecimal({ min: '0' })
  @Field(() => DecimalScalar, {
    nullable: true,
    description: '权重，不小于 0，单位不作规定。The weight of the task, 0 or more; its unit is not prescribed.',
  })
  weight?: string | null;

  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description: '计划开始日期，账本时区。The planned first day, in the time zone of the ledger.',
  })
  startOn?: string | null;

  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description:
      '计划完成日期，账本时区，不早于 startOn。The planned last day, in the time zone of the ledger; not before startOn.',
  })
  dueOn?: string | null;

  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Field(() => [MilestoneInput], {
    nullable: true,
    description: '里程碑，最多 100 个，代码不得重复。The milestones, at most 100, each with a code of its own.',
  })
  milestones?: MilestoneInput[] | null;
}

@InputType({ description: '进度填报。A report of how far a task is.' })
export class ReportTaskProgressInput extends TaskInput {
  @IsDecimal({ min: '0', max: '100' })
  @Field(() => DecimalScalar, {
    description:
      '进度，百分比，0 至 100；低于已记录的进度时必须填写 reason，否则 PROGRESS_DECREASE_NEEDS_REASON。The progress in percent, 0 to 100. If it is below the progress on record, reason is required: else PROGRESS_DECREASE_NEEDS_REASON.',
  })
  progress!: string;

  @IsText()
  @Field(() => String, {
    nullable: true,
    description: '说明，随变更保存，最多 20000 个字符。A note that is kept with the change; at most 20,000 characters.',
  })
  note?: string | null;
}

@InputType({ description: '里程碑达成。The reaching of a milestone.' })
export class ReachMilestoneInput extends TaskInput {
  @IsLedgerCode()
  @Field(() => ID, {
    description:
      '里程碑代码；任务没有该里程碑为 NOT_FOUND。The code of a milestone of the task; if the task has no such milestone: NOT_FOUND.',
  })
  milestone!: string;

  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description:
      '达成日期，账本时区；默认为 effectiveAt 当日。未填 effectiveAt 时，该日 00:00 即生效时间。The day on which it was reached, in the time zone of the ledger. Default: the day of effectiveAt. If effectiveAt is left out, the fact is effective from 00:00 of this day.',
  })
  reachedOn?: string | null;
}

@InputType({ description: '任务完成。The completion of a task.' })
export class CompleteTaskInput extends TaskInput {
  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description:
      '完成日期，账本时区；默认为 effectiveAt 当日。未填 effectiveAt 时，该日 00:00 即生效时间。The day on which it was completed, in the time zone of the ledger. Default: the day of effectiveAt. If effectiveAt is left out, the fact is effective from 00:00 of this day.',
  })
  completedOn?: string | null;
}

@InputType({ description: '任务取消。The cancellation of a task.' })
export class CancelTaskInput extends TaskInput {}

@InputType({ description: '任务重新开启。The reopening of a completed or cancelled task.' })
export class ReopenTaskInput extends TaskInput {}
