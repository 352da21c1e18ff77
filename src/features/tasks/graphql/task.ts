import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../../graphql/node-type';
import { connectionTypes } from '../../../graphql/pages';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
import { Reading } from '../../../graphql/scope';
import { Decimal } from '../../../kernel/decimal';
import { LocalDate } from '../../../kernel/time';
import { taskFold, TaskRecord } from '../record';
import { MilestoneView, TaskStatus, TaskView, viewTask } from '../views';
import { TaskStatusEnum } from './enums';

export const taskReading: Reading<TaskRecord, TaskView> = { ...taskFold, view: viewTask };

@ObjectType('Milestone', { description: '里程碑。A step of a task, planned with it.' })
class MilestoneType {
  @Field(() => ID, { simple: true, description: 'Unique within the task.' })
  readonly code!: string;

  @Field(() => String, { simple: true })
  readonly title!: string;

  @Field(() => LocalDateScalar, { nullable: true, simple: true, description: '计划日期。' })
  readonly dueOn?: LocalDate;

  @Field(() => LocalDateScalar, {
    nullable: true,
    simple: true,
    description: '达成日期。As recorded; null until the reaching is in force.',
  })
  readonly reachedOn?: LocalDate;
}

@ObjectType('Task', {
  implements: [Node, Recorded],
  description:
    '任务。What a department promises for a fiscal year. The plan is true from the beginning; status, progress and milestones follow the facts. A completed or cancelled task takes nothing but a reopening.',
})
export class TaskType extends EntityNode<TaskView> {
  @Field(() => ID, { simple: true })
  override get code(): string {
    return this.view.code;
  }

  @Field(() => Int, { simple: true })
  get fiscalYear(): number {
    return this.view.fiscalYear;
  }

  @Field(() => String, { simple: true })
  get title(): string {
    return this.view.title;
  }

  @Field(() => String, { nullable: true, simple: true, description: '任务目标。' })
  get goal(): string | undefined {
    return this.view.goal;
  }

  @Field(() => DecimalScalar, { nullable: true, simple: true, description: '权重。0 or more, as planned.' })
  get weight(): Decimal | undefined {
    return this.view.weight;
  }

  @Field(() => TaskStatusEnum, { simple: true, description: '状态。' })
  get status(): TaskStatus {
    return this.view.status;
  }

  @Field(() => DecimalScalar, {
    simple: true,
    description:
      '进度。Percent, 0 to 100, as last reported by effective date; "0" before any report. A completion counts as a report of 100; a report of 100 completes nothing.',
  })
  get progress(): Decimal {
    return this.view.progress;
  }

  @Field(() => [MilestoneType], { simple: true, description: '里程碑。In the order of the plan.' })
  get milestones(): readonly MilestoneView[] {
    return this.view.milestones;
  }

  @Field(() => LocalDateScalar, { nullable: true, simple: true, description: '计划开始日期。' })
  get startOn(): LocalDate | undefined {
    return this.view.startOn;
  }

  @Field(() => LocalDateScalar, { nullable: true, simple: true, description: '计划完成日期。' })
  get dueOn(): LocalDate | undefined {
    return this.view.dueOn;
  }

  @Field(() => LocalDateScalar, {
    nullable: true,
    simple: true,
    description: '完成日期。As recorded with the completion; null unless the status is COMPLETED.',
  })
  get completedOn(): LocalDate | undefined {
    return this.view.completedOn;
  }
}

export const TaskConnection = connectionTypes('Task', () => TaskType, 'A page of tasks, by code; a cursor is a code');
export type TaskConnection = InstanceType<typeof TaskConnection>;
