import { Arg, ClassType, Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { RequestContext } from '../../../graphql/context';
import { unwrap } from '../../../graphql/errors';
import { MutationField, Payload, write } from '../../../graphql/write';
import { ok, Result } from '../../../kernel/refusal';
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

@ObjectType()
class IndicatorPayload extends Payload<IndicatorView> {
  @Field(() => IndicatorType, {
    nullable: true,
    simple: true,
    description: 'The entity as this write left it; null while projected is false.',
  })
  get indicator(): IndicatorType | undefined {
    return this.read((scope, loaded) => new IndicatorType(scope, loaded));
  }
}

const Input = (type: () => ClassType): ParameterDecorator => Arg('input', type) as ParameterDecorator;

@Resolver()
export class IndicatorMutations {
  @MutationField(() => IndicatorPayload, {
    description: '设定指标。Its inputs are true from the beginning, the target too.',
  })
  defineIndicator(
    @Input(() => DefineIndicatorInput) input: DefineIndicatorInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    return run(context, 'defineIndicator', input, definition(input));
  }

  @MutationField(() => IndicatorPayload, {
    description: '调整指标值。Each part given replaces its own from the effective date on.',
  })
  reviseIndicatorTarget(
    @Input(() => ReviseIndicatorTargetInput) input: ReviseIndicatorTargetInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    return run(context, 'reviseIndicatorTarget', input, revision(input));
  }

  @MutationField(() => IndicatorPayload, { description: '记录观测值。Effective from its observedOn.' })
  recordObservation(
    @Input(() => RecordObservationInput) input: RecordObservationInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    const { calendar } = context.services;
    const parsed = observation(input, calendar);
    return run(context, 'recordObservation', input, parsed, calendar.startOf(input.observedOn));
  }

  @MutationField(() => IndicatorPayload, {
    description:
      '更正观测值。From its recording on, the observation reads as if it had been recorded so from the start.',
  })
  correctObservation(
    @Input(() => CorrectObservationInput) input: CorrectObservationInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    // The same observation is the same input to an idempotency key, whichever id names it.
    const named = Object.assign(new CorrectObservationInput(), input, { observation: observationNamed(input).change });
    return run(context, 'correctObservation', named, correction(input));
  }

  @MutationField(() => IndicatorPayload, { description: '停用指标。It takes corrections only from then on.' })
  retireIndicator(
    @Input(() => RetireIndicatorInput) input: RetireIndicatorInput,
    @Ctx() context: RequestContext,
  ): Promise<IndicatorPayload> {
    return run(context, 'retireIndicator', input, ok({ kind: 'retire', code: input.code }));
  }
}

async function run(
  context: RequestContext,
  mutation: string,
  input: IndicatorInput,
  parsed: Result<IndicatorCommand>,
  effectiveAt?: Instant,
): Promise<IndicatorPayload> {
  const written = await write(context, {
    mutation,
    input,
    decider: indicatorDecider,
    reading: indicatorReading,
    code: input.code,
    command: unwrap(parsed),
    effectiveAt,
  });
  return new IndicatorPayload(written);
}
