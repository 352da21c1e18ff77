import { Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { CommandInput, Input, dateGiven, decimalGiven, given } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { WRITTEN_ENTITY } from '../../../graphql/shared-descriptions';
import { MutationField, Payload, write } from '../../../graphql/write';
import { LocalDate } from '../../../kernel/time';
import { TaskCommand, taskDecider } from '../decider';
import { TaskView } from '../views';
import {
  CancelTaskInput,
  CompleteTaskInput,
  PlanTaskInput,
  ReachMilestoneInput,
  ReopenTaskInput,
  ReportTaskProgressInput,
} from './inputs';
import { readPlan } from './plan';
import { taskReading, TaskType } from './task';

@ObjectType({ description: '任务写入结果。What a write to a task answers.' })
class TaskPayload extends Payload<TaskView> {
  @Field(() => TaskType, {
    nullable: true,
    simple: true,
    description: WRITTEN_ENTITY,
  })
  get task(): TaskType | undefined {
    return this.read((scope, loaded) => new TaskType(scope, loaded));
  }
}

@Resolver()
export class TaskMutations {
  @MutationField(() => TaskPayload, {
    description:
      '下达任务，包括里程碑；内容自始成立。代码已用：CONFLICT。Plans a task with its milestones; what it says is true from the beginning. If the code is in use: CONFLICT.',
  })
  planTask(@Input(() => PlanTaskInput) input: PlanTaskInput, @Ctx() context: RequestContext): Promise<TaskPayload> {
    return run(context, 'planTask', input, { kind: 'plan', plan: readPlan(input) });
  }

  @MutationField(() => TaskPayload, {
    description:
      '填报进度；填报 100 不等于完成任务。已完成或已取消：TASK_NOT_ACTIVE。Reports the progress of a task; a report of 100 does not complete it. If the task is completed or cancelled: TASK_NOT_ACTIVE.',
  })
  reportTaskProgress(
    @Input(() => ReportTaskProgressInput) input: ReportTaskProgressInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    const { code, note } = input;
    const progress = decimalGiven(input.progress);
    return run(context, 'reportTaskProgress', input, { kind: 'report', code, progress, note: given(note) });
  }

  @MutationField(() => TaskPayload, {
    description:
      '达成里程碑，每个一次，再次为 MILESTONE_REACHED。已完成或已取消：TASK_NOT_ACTIVE。Records that a milestone was reached, once for each: then MILESTONE_REACHED. If the task is completed or cancelled: TASK_NOT_ACTIVE.',
  })
  reachMilestone(
    @Input(() => ReachMilestoneInput) input: ReachMilestoneInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    const { code, milestone } = input;
    const reachedOn = dateGiven(input.reachedOn);
    return run(context, 'reachMilestone', input, { kind: 'reach', code, milestone, reachedOn }, reachedOn);
  }

  @MutationField(() => TaskPayload, {
    description:
      '完成任务，视同填报进度 100。已完成或已取消：TASK_NOT_ACTIVE；生效时间早于上一次完成、取消或重新开启：STATUS_ORDER。Completes a task; counts as a progress report of 100. If the task is completed or cancelled: TASK_NOT_ACTIVE. If its effective date is before the last completion, cancellation or reopening: STATUS_ORDER.',
  })
  completeTask(
    @Input(() => CompleteTaskInput) input: CompleteTaskInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    const completedOn = dateGiven(input.completedOn);
    return run(context, 'completeTask', input, { kind: 'complete', code: input.code, completedOn }, completedOn);
  }

  @MutationField(() => TaskPayload, {
    description:
      '取消任务。已完成或已取消：TASK_NOT_ACTIVE；生效时间早于上一次完成、取消或重新开启：STATUS_ORDER。Cancels a task. If the task is completed or cancelled: TASK_NOT_ACTIVE. If its effective date is before the last completion, cancellation or reopening: STATUS_ORDER.',
  })
  cancelTask(
    @Input(() => CancelTaskInput) input: CancelTaskInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    return run(context, 'cancelTask', input, { kind: 'cancel', code: input.code });
  }

  @MutationField(() => TaskPayload, {
    description:
      '重新开启已完成或已取消的任务，进度不变。任务未结束：TASK_STILL_ACTIVE；生效时间早于上一次完成、取消或重新开启：STATUS_ORDER。Reopens a completed or cancelled task; its progress stays as it is. Any other task: TASK_STILL_ACTIVE. If its effective date is before the last completion, cancellation or reopening: STATUS_ORDER.',
  })
  reopenTask(
    @Input(() => ReopenTaskInput) input: ReopenTaskInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    return run(context, 'reopenTask', input, { kind: 'reopen', code: input.code });
  }
}

/** `on`: the day of the fact, which dates it if the input has no effectiveAt. */
async function run(
  context: RequestContext,
  mutation: string,
  input: CommandInput & { readonly code: string },
  command: TaskCommand,
  on?: LocalDate,
): Promise<TaskPayload> {
  const datedByDay = on !== undefined && typeof input.effectiveAt !== 'string';
  const written = await write(context, {
    mutation,
    input,
    decider: taskDecider,
    reading: taskReading,
    code: input.code,
    command,
    effectiveAt: datedByDay ? context.services.calendar.startOf(on) : undefined,
  });
  return new TaskPayload(written);
}
