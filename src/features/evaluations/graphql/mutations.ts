import { Arg, ClassType, Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { decimalGiven, given } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { MutationField, Payload, write } from '../../../graphql/write';
import { yearCode } from '../../../kernel/codes';
import { EvaluationCommand, evaluationDecider } from '../decider';
import { EvaluationView } from '../views';
import { evaluationReading, EvaluationType } from './evaluation';
import {
  ConfirmEvaluationInput,
  EvaluationInput,
  OpenEvaluationInput,
  PublishEvaluationInput,
  ReturnEvaluationInput,
  SubmitEvaluationInput,
} from './inputs';

@ObjectType()
class EvaluationPayload extends Payload<EvaluationView> {
  @Field(() => EvaluationType, {
    nullable: true,
    simple: true,
    description: 'The entity as this write left it; null while projected is false.',
  })
  get evaluation(): EvaluationType | undefined {
    return this.read((scope, loaded) => new EvaluationType(scope, loaded));
  }
}

const Input = (type: () => ClassType): ParameterDecorator => Arg('input', type) as ParameterDecorator;

@Resolver()
export class EvaluationMutations {
  @MutationField(() => EvaluationPayload, { description: '开启自评。In DRAFT.' })
  openEvaluation(
    @Input(() => OpenEvaluationInput) input: OpenEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear } = input;
    return run(context, 'openEvaluation', input, { kind: 'open', department, fiscalYear });
  }

  @MutationField(() => EvaluationPayload, {
    description: '提交。From DRAFT or RETURNED. What it leaves out is empty, whatever an earlier submission said.',
  })
  submitEvaluation(
    @Input(() => SubmitEvaluationInput) input: SubmitEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear, selfScore, conclusion, problems, improvements } = input;
    const submission = {
      selfScore: decimalGiven(selfScore),
      conclusion: given(conclusion),
      problems: problems ?? [],
      improvements: improvements ?? [],
    };
    return run(context, 'submitEvaluation', input, { kind: 'submit', department, fiscalYear, submission });
  }

  @MutationField(() => EvaluationPayload, { description: '退回。From SUBMITTED.' })
  returnEvaluation(
    @Input(() => ReturnEvaluationInput) input: ReturnEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear } = input;
    return run(context, 'returnEvaluation', input, { kind: 'return', department, fiscalYear });
  }

  @MutationField(() => EvaluationPayload, {
    description: '确认。From SUBMITTED, with the score of the review if it gives one.',
  })
  confirmEvaluation(
    @Input(() => ConfirmEvaluationInput) input: ConfirmEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear } = input;
    const reviewScore = decimalGiven(input.reviewScore);
    return run(context, 'confirmEvaluation', input, { kind: 'confirm', department, fiscalYear, reviewScore });
  }

  @MutationField(() => EvaluationPayload, { description: '公开。From CONFIRMED.' })
  publishEvaluation(
    @Input(() => PublishEvaluationInput) input: PublishEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear } = input;
    return run(context, 'publishEvaluation', input, { kind: 'publish', department, fiscalYear });
  }
}

async function run(
  context: RequestContext,
  mutation: string,
  input: EvaluationInput,
  command: EvaluationCommand,
): Promise<EvaluationPayload> {
  const written = await write(context, {
    mutation,
    input,
    decider: evaluationDecider,
    reading: evaluationReading,
    code: yearCode(command.department, command.fiscalYear),
    command,
  });
  return new EvaluationPayload(written);
}
