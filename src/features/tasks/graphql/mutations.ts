import { Arg, ClassType, Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { CommandInput, dateGiven, decimalGiven, given } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { unwrap } from '../../../graphql/errors';
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

@ObjectType()
class TaskPayload extends Payload<TaskView> {
  @Field(() => TaskType, {
    nullable: true,
    simple: true,
    description: 'The entity as this write left it; null while projected is false.',
  })
  get task(): TaskType | undefined {
    return this.read((scope, loaded) => new TaskType(scope, loaded));
  }
}

const Input = (type: () => ClassType): ParameterDecorator => Arg('input', type) as ParameterDecorator;

@Resolver()
export class TaskMutations {
  @MutationField(() => TaskPayload, { description: '下达任务。With its milestones; true from the beginning.' })
  planTask(@Input(() => PlanTaskInput) input: PlanTaskInput, @Ctx() context: RequestContext): Promise<TaskPayload> {
    return run(context, 'planTask', input, { kind: 'plan', plan: unwrap(readPlan(input)) });
  }

  @MutationField(() => TaskPayload, { description: '填报进度。A report of 100 completes nothing.' })
  reportTaskProgress(
    @Input(() => ReportTaskProgressInput) input: ReportTaskProgressInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    const { code, note } = input;
    const progress = decimalGiven(input.progress);
    return run(context, 'reportTaskProgress', input, { kind: 'report', code, progress, note: given(note) });
  }

  @MutationField(() => TaskPayload, { description: '达成里程碑。Once each.' })
  reachMilestone(
    @Input(() => ReachMilestoneInput) input: ReachMilestoneInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    const { code, milestone } = input;
    const reachedOn = dateGiven(input.reachedOn);
    return run(context, 'reachMilestone', input, { kind: 'reach', code, milestone, reachedOn }, reachedOn);
  }

  @MutationField(() => TaskPayload, { description: '完成。Counts as a progress report of 100.' })
  completeTask(
    @Input(() => CompleteTaskInput) input: CompleteTaskInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    const completedOn = dateGiven(input.completedOn);
    return run(context, 'completeTask', input, { kind: 'complete', code: input.code, completedOn }, completedOn);
  }

  @MutationField(() => TaskPayload, { description: '取消。' })
  cancelTask(
    @Input(() => CancelTaskInput) input: CancelTaskInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    return run(context, 'cancelTask', input, { kind: 'cancel', code: input.code });
  }

  @MutationField(() => TaskPayload, {
    description: '重新开启。Of a completed or cancelled task; its progress stays as it is.',
  })
  reopenTask(
    @Input(() => ReopenTaskInput) input: ReopenTaskInput,
    @Ctx() context: RequestContext,
  ): Promise<TaskPayload> {
    return run(context, 'reopenTask', input, { kind: 'reopen', code: input.code });
  }
}

/** `on`: the day of the fact, which dates it where the input has no effectiveAt. */
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
