import { Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { Input } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { WRITTEN_ENTITY } from '../../../graphql/shared-descriptions';
import { MutationField, Payload, write } from '../../../graphql/write';
import { Instant } from '../../../kernel/time';
import { IndicatorCommand, indicatorDecider } from '../decider';
import { IndicatorView } from '../views';
import { correction, definition, observation, observationNamed, revision } from './commands';
import { indicatorReading, IndicatorType } from './indicator';
import {
  CorrectObservationInput,
  DefineIndicatorInput,
  IndicatorInput,
  RecordObservationInput,
  RetireIndicatorInput,
  ReviseIndicatorTargetInput,
} from './inputs';

@ObjectType({ description: '指标写入结果。What a write to an indicator answers.' })
class IndicatorPayload extends Payload<IndicatorView> {
  @Field(() => IndicatorType, {
    nullable: true,
    simple: true,
    description: WRITTEN_ENTITY,
  })
  get indicator(): IndicatorType | undefined {
    return this.read((scope, loaded) => new IndicatorType(scope, loaded));
  }
}

@Resolver()
export class IndicatorMutations {
  @MutationField(() => IndicatorPayload, {
    description:
      '设定指标；内容自始成立，包括指标值。代码已用：CONFLICT。Defines an indicator; what it says is true from the beginning, the target too. If the code is in use: CONFLICT.',
  })
  defineIndicator(
    @Input(() => DefineIndicatorInput) input: DefineIndicatorInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    return run(context, 'defineIndicator', input, definition(input));
  }

  @MutationField(() => IndicatorPayload, {
    description:
      '调整指标值或分值；所填各项自生效时间起替代原值。已停用：INDICATOR_RETIRED。Revises targets or points; each part that is given replaces the earlier one from the effective date on. If the indicator is retired: INDICATOR_RETIRED.',
  })
  reviseIndicatorTarget(
    @Input(() => ReviseIndicatorTargetInput) input: ReviseIndicatorTargetInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    return run(context, 'reviseIndicatorTarget', input, revision(input));
  }

  @MutationField(() => IndicatorPayload, {
    description:
      '记录观测值，自 observedOn 起生效。已停用：INDICATOR_RETIRED。Records an observation, effective from its observedOn. If the indicator is retired: INDICATOR_RETIRED.',
  })
  recordObservation(
    @Input(() => RecordObservationInput) input: RecordObservationInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    const { calendar } = context.services;
    return run(context, 'recordObservation', input, observation(input), calendar.startOf(input.observedOn));
  }

  @MutationField(() => IndicatorPayload, {
    description:
      '更正观测值：自更正被记录起，视同当初即如此记录；已停用的指标也可更正。Corrects an observation. From the recording of the correction on, the observation reads as if it had been recorded so from the start. A retired indicator takes corrections too.',
  })
  correctObservation(
    @Input(() => CorrectObservationInput) input: CorrectObservationInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    // The same observation is the same input to an idempotency key, whichever id names it.
    const named = Object.assign(new CorrectObservationInput(), input, { observation: observationNamed(input).change });
    return run(context, 'correctObservation', named, correction(input));
  }

  @MutationField(() => IndicatorPayload, {
    description:
      '停用指标，此后只接受更正。已停用：INDICATOR_RETIRED。Retires an indicator, which takes only corrections from then on. If it is retired already: INDICATOR_RETIRED.',
  })
  retireIndicator(
    @Input(() => RetireIndicatorInput) input: RetireIndicatorInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    return run(context, 'retireIndicator', input, { kind: 'retire', code: input.code });
  }
}

async function run(
  context: RequestContext,
  mutation: string,
  input: IndicatorInput,
  command: IndicatorCommand,
  effectiveAt?: Instant,
): Promise<IndicatorPayload> {
  const written = await write(context, {
    mutation,
    input,
    decider: indicatorDecider,
    reading: indicatorReading,
    code: input.code,
    command,
    effectiveAt,
  });
  return new IndicatorPayload(written);
}
