import { Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../../graphql/enums';
import { Node } from '../../../graphql/node-type';
import { countedConnectionTypes } from '../../../graphql/pages';
import { payloadType } from '../../../graphql/payload';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
import { Decimal } from '../../../kernel/decimal';
import { LocalDate } from '../../../kernel/time';
import { FISCAL_YEAR } from '../../shared/descriptions';
import { TaskStatuses } from '../choices';
import { MilestoneView, TaskStatus, TaskView } from '../views';

export const TaskStatusEnum = enumOf(TaskStatuses);

@ObjectType('Milestone', { description: '里程碑：随任务下达的阶段节点。A step of a task, planned with it.' })
class MilestoneType {
  @Field(() => ID, {
    simple: true,
    description: '里程碑代码，在任务内唯一。The code of the milestone, unique within the task.',
  })
  readonly code!: string;

  @Field(() => String, { simple: true, description: '里程碑名称。The title of the milestone.' })
  readonly title!: string;

  @Field(() => LocalDateScalar, {
    nullable: true,
    simple: true,
    description: '计划日期，账本时区。The planned date, in the time zone of the ledger.',
  })
  readonly dueOn?: LocalDate;

  @Field(() => LocalDateScalar, {
    nullable: true,
    simple: true,
    description:
      '达成日期，账本时区，以记录为准；达成生效前为 null。The day on which it was reached, as recorded, in the time zone of the ledger; null until that fact is in force.',
  })
  readonly reachedOn?: LocalDate;
}

@ObjectType('Task', {
  implements: [Node, Recorded],
  description:
    '任务：部门承诺在一个预算年度内完成的工作。计划自始成立，状态、进度与里程碑随事实变化；已完成或已取消的任务只能重新开启。What a department promises for a fiscal year. The plan is true from the beginning; status, progress and milestones follow the facts. A completed or cancelled task takes only a reopening.',
})
export class TaskType extends EntityNode<TaskView> {
  @Field(() => ID, { simple: true, description: '任务代码，区分大小写。The code of the task; its case matters.' })
  override get code(): string {
    return this.view.code;
  }

  @Field(() => Int, { simple: true, description: FISCAL_YEAR })
  get fiscalYear(): number {
    return this.view.fiscalYear;
  }

  @Field(() => String, { simple: true, description: '任务名称。The title of the task.' })
  get title(): string {
    return this.view.title;
  }

  @Field(() => String, { nullable: true, simple: true, description: '任务目标。What the task is to reach.' })
  get goal(): string | undefined {
    return this.view.goal;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '权重，不小于 0，以下达时为准。The weight of the task, 0 or more, as planned.',
  })
  get weight(): Decimal | undefined {
    return this.view.weight;
  }

  @Field(() => TaskStatusEnum, {
    simple: true,
    description: '状态，按该快照的生效时间。The status at the effective moment of the snapshot.',
  })
  get status(): TaskStatus {
    return this.view.status;
  }

  @Field(() => DecimalScalar, {
    simple: true,
    description:
      '进度，百分比，0 至 100，取生效时间最晚的一次填报；未填报时为 "0"。完成视同填报 100，填报 100 不等于完成。The progress in percent, 0 to 100, as last reported by effective date; "0" before any report. A completion counts as a report of 100; a report of 100 does not complete the task.',
  })
  get progress(): Decimal {
    return this.view.progress;
  }

  @Field(() => [MilestoneType], {
    simple: true,
    description: '里程碑，按下达时的顺序。The milestones, in the order of the plan.',
  })
  get milestones(): readonly MilestoneView[] {
    return this.view.milestones;
  }

  @Field(() => LocalDateScalar, {
    nullable: true,
    simple: true,
    description: '计划开始日期，账本时区。The planned first day, in the time zone of the ledger.',
  })
  get startOn(): LocalDate | undefined {
    return this.view.startOn;
  }

  @Field(() => LocalDateScalar, {
    nullable: true,
    simple: true,
    description: '计划完成日期，账本时区。The planned last day, in the time zone of the ledger.',
  })
  get dueOn(): LocalDate | undefined {
    return this.view.dueOn;
  }

  @Field(() => LocalDateScalar, {
    nullable: true,
    simple: true,
    description:
      '完成日期，账本时区，以完成时的记录为准；状态不是 COMPLETED 时为 null。The day on which it was completed, as recorded with the completion, in the time zone of the ledger; null unless the status is COMPLETED.',
  })
  get completedOn(): LocalDate | undefined {
    return this.view.completedOn;
  }
}

export const TaskPayload = payloadType('Task', TaskType, '任务写入结果。The result of a write to a task.');

export const TaskConnection = countedConnectionTypes(
  'Task',
  () => TaskType,
  '任务分页。按代码排列时，游标为代码。A page of tasks. If they are ordered by code, a cursor is a code',
);
export type TaskConnection = InstanceType<typeof TaskConnection>;
