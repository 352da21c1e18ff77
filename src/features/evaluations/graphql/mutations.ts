import { Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { decimalGiven, given, Input } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { WRITTEN_ENTITY } from '../../../graphql/shared-descriptions';
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

@ObjectType({ description: '自评写入结果。What a write to an evaluation answers.' })
class EvaluationPayload extends Payload<EvaluationView> {
  @Field(() => EvaluationType, {
    nullable: true,
    simple: true,
    description: WRITTEN_ENTITY,
  })
  get evaluation(): EvaluationType | undefined {
    return this.read((scope, loaded) => new EvaluationType(scope, loaded));
  }
}

@Resolver()
export class EvaluationMutations {
  @MutationField(() => EvaluationPayload, {
    description:
      '开启自评，状态为 DRAFT。已开启：CONFLICT。Opens an evaluation, in DRAFT. If it is open already: CONFLICT.',
  })
  openEvaluation(
    @Input(() => OpenEvaluationInput) input: OpenEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear } = input;
    return run(context, 'openEvaluation', input, { kind: 'open', department, fiscalYear });
  }

  @MutationField(() => EvaluationPayload, {
    description:
      '提交自评，须为 DRAFT 或 RETURNED，否则 EVALUATION_STATE。不填的内容为空，不沿用上一次提交。Submits an evaluation that is in DRAFT or RETURNED: else EVALUATION_STATE. What it leaves out is empty, whatever an earlier submission said.',
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

  @MutationField(() => EvaluationPayload, {
    description:
      '退回自评，须为 SUBMITTED，否则 EVALUATION_STATE。Returns an evaluation that is SUBMITTED: else EVALUATION_STATE.',
  })
  returnEvaluation(
    @Input(() => ReturnEvaluationInput) input: ReturnEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear } = input;
    return run(context, 'returnEvaluation', input, { kind: 'return', department, fiscalYear });
  }

  @MutationField(() => EvaluationPayload, {
    description:
      '确认自评，须为 SUBMITTED，否则 EVALUATION_STATE；可附复核得分。Confirms an evaluation that is SUBMITTED: else EVALUATION_STATE. It has the score of the review if the review gives one.',
  })
  confirmEvaluation(
    @Input(() => ConfirmEvaluationInput) input: ConfirmEvaluationInput,
    @Ctx() context: RequestContext,
  ): Promise<EvaluationPayload> {
    const { department, fiscalYear } = input;
    const reviewScore = decimalGiven(input.reviewScore);
    return run(context, 'confirmEvaluation', input, { kind: 'confirm', department, fiscalYear, reviewScore });
  }

  @MutationField(() => EvaluationPayload, {
    description:
      '公开自评，须为 CONFIRMED，否则 EVALUATION_STATE。Publishes an evaluation that is CONFIRMED: else EVALUATION_STATE.',
  })
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
