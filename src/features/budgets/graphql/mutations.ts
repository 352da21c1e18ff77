import { Arg, ClassType, Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { unwrap } from '../../../graphql/errors';
import { eventIdNamed } from '../../../graphql/ids';
import { MutationField, Payload, write } from '../../../graphql/write';
import { yearCode } from '../../../kernel/codes';
import { ok, Result } from '../../../kernel/refusal';
import { BudgetCommand, budgetDecider } from '../decider';
import { BudgetView } from '../views';
import { budgetReading, BudgetType } from './budget';
import { approval, correction, expenditure, reduction, supplement, transfer } from './commands';
import {
  ApproveBudgetInput,
  CloseBudgetInput,
  CorrectBudgetFactInput,
  RecordExpenditureInput,
  ReduceBudgetInput,
  ReverseExpenditureInput,
  SupplementBudgetInput,
  TransferBudgetInput,
} from './inputs';

@ObjectType()
class BudgetPayload extends Payload<BudgetView> {
  @Field(() => BudgetType, {
    nullable: true,
    simple: true,
    description: 'The entity as this write left it; null while projected is false.',
  })
  get budget(): BudgetType | undefined {
    return this.read((scope, loaded) => new BudgetType(scope, loaded));
  }
}

const Input = (type: () => ClassType): ParameterDecorator => Arg('input', type) as ParameterDecorator;

@Resolver()
export class BudgetMutations {
  @MutationField(() => BudgetPayload, { description: '批复。Lines with their opening amounts.' })
  approveBudget(
    @Input(() => ApproveBudgetInput) input: ApproveBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'approveBudget', input, approval(input));
  }

  @MutationField(() => BudgetPayload, { description: '追加。May add a line.' })
  supplementBudget(
    @Input(() => SupplementBudgetInput) input: SupplementBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'supplementBudget', input, supplement(input));
  }

  @MutationField(() => BudgetPayload, { description: '追减。' })
  reduceBudget(
    @Input(() => ReduceBudgetInput) input: ReduceBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'reduceBudget', input, reduction(input));
  }

  @MutationField(() => BudgetPayload, { description: '调剂。One event with two legs, net zero.' })
  transferBudget(
    @Input(() => TransferBudgetInput) input: TransferBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'transferBudget', input, transfer(input));
  }

  @MutationField(() => BudgetPayload, { description: '支出。Its effective date lies in the fiscal year.' })
  recordExpenditure(
    @Input(() => RecordExpenditureInput) input: RecordExpenditureInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'recordExpenditure', input, expenditure(input));
  }

  @MutationField(() => BudgetPayload, {
    description: '冲销。Takes back the whole amount that the expenditure has on record, once.',
  })
  reverseExpenditure(
    @Input(() => ReverseExpenditureInput) input: ReverseExpenditureInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    const named = withNaturalKey(input);
    const { department, fiscalYear, change } = named;
    return run(context, 'reverseExpenditure', named, ok({ kind: 'reverse', department, fiscalYear, change }));
  }

  @MutationField(() => BudgetPayload, {
    description: '更正。From its recording on, the fact reads as if it had been recorded so from the start.',
  })
  correctBudgetFact(
    @Input(() => CorrectBudgetFactInput) input: CorrectBudgetFactInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    const named = withNaturalKey(input);
    return run(context, 'correctBudgetFact', named, correction(named, context.services.calendar));
  }

  @MutationField(() => BudgetPayload, { description: '关账。' })
  closeBudget(
    @Input(() => CloseBudgetInput) input: CloseBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    const { department, fiscalYear } = input;
    return run(context, 'closeBudget', input, ok({ kind: 'close', department, fiscalYear }));
  }
}

/** The same change is the same input to an idempotency key, whichever of its ids names it. */
const withNaturalKey = <Input extends { readonly change: string }>(input: Input): Input => ({
  ...input,
  change: eventIdNamed(input.change),
});

async function run(
  context: RequestContext,
  mutation: string,
  input: CommandInput,
  parsed: Result<BudgetCommand>,
): Promise<BudgetPayload> {
  const command = unwrap(parsed);
  const code = yearCode(command.department, command.fiscalYear);
  const written = await write(context, {
    mutation,
    input,
    decider: budgetDecider,
    reading: budgetReading,
    code,
    command,
  });
  return new BudgetPayload(written);
}
