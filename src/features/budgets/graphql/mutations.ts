import { Ctx, Field, ObjectType, Resolver } from 'type-graphql';
import { CommandInput, Input } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { eventIdNamed } from '../../../reading/ids';
import { WRITTEN_ENTITY } from '../../../graphql/shared-descriptions';
import { MutationField, Payload, write } from '../../../graphql/write';
import { yearCode } from '../../../kernel/codes';
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

@ObjectType({ description: '预算写入结果。What a write to a budget answers.' })
class BudgetPayload extends Payload<BudgetView> {
  @Field(() => BudgetType, {
    nullable: true,
    simple: true,
    description: WRITTEN_ENTITY,
  })
  get budget(): BudgetType | undefined {
    return this.read((scope, loaded) => new BudgetType(scope, loaded));
  }
}

@Resolver()
export class BudgetMutations {
  @MutationField(() => BudgetPayload, {
    description:
      '批复预算，包括明细及年初预算；明细自始存在。已批复：CONFLICT。Approves a budget: its lines with their opening amounts. If it is approved already: CONFLICT.',
  })
  approveBudget(
    @Input(() => ApproveBudgetInput) input: ApproveBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'approveBudget', input, approval(input));
  }

  @MutationField(() => BudgetPayload, {
    description:
      '追加，可新增明细。已关账：BUDGET_CLOSED。Adds to a line of the budget, or adds a line. If the budget is closed: BUDGET_CLOSED.',
  })
  supplementBudget(
    @Input(() => SupplementBudgetInput) input: SupplementBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'supplementBudget', input, supplement(input));
  }

  @MutationField(() => BudgetPayload, {
    description:
      '追减。已关账：BUDGET_CLOSED；执行数将超过全年预算：BUDGET_EXCEEDED。Reduces a line of the budget. If the budget is closed: BUDGET_CLOSED. If the line would have more executed than its revised amount: BUDGET_EXCEEDED.',
  })
  reduceBudget(
    @Input(() => ReduceBudgetInput) input: ReduceBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'reduceBudget', input, reduction(input));
  }

  @MutationField(() => BudgetPayload, {
    description:
      '调剂：从一条明细调到另一条，总额不变。已关账：BUDGET_CLOSED；调出明细的执行数将超过全年预算：BUDGET_EXCEEDED。Moves an amount from one line to another; the total stays. If the budget is closed: BUDGET_CLOSED. If the line that gives would have more executed than its revised amount: BUDGET_EXCEEDED.',
  })
  transferBudget(
    @Input(() => TransferBudgetInput) input: TransferBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'transferBudget', input, transfer(input));
  }

  @MutationField(() => BudgetPayload, {
    description:
      '记录支出。已关账：BUDGET_CLOSED；生效时间不在账本时区的预算年度内：OUTSIDE_FISCAL_YEAR；执行数将超过全年预算：BUDGET_EXCEEDED。Records an expenditure. If the budget is closed: BUDGET_CLOSED. If its effective date is outside the fiscal year, in the time zone of the ledger: OUTSIDE_FISCAL_YEAR. If the line would have more executed than its revised amount: BUDGET_EXCEEDED.',
  })
  recordExpenditure(
    @Input(() => RecordExpenditureInput) input: RecordExpenditureInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    return run(context, 'recordExpenditure', input, expenditure(input));
  }

  @MutationField(() => BudgetPayload, {
    description:
      '冲销：收回支出已记录的全部金额，每笔一次；已关账的预算也可冲销，生效时间不限年度。Reverses an expenditure: takes back the whole amount that it has on record, once. A closed budget takes reversals too, and their effective date may lie in any year.',
  })
  reverseExpenditure(
    @Input(() => ReverseExpenditureInput) input: ReverseExpenditureInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    const named = withNaturalKey(input);
    const { department, fiscalYear, change } = named;
    return run(context, 'reverseExpenditure', named, { kind: 'reverse', department, fiscalYear, change });
  }

  @MutationField(() => BudgetPayload, {
    description:
      '更正：自更正被记录起，该事实视同当初即如此记录；已关账的预算也可更正。规则按更正后的内容判断：OUTSIDE_FISCAL_YEAR、BUDGET_EXCEEDED。Corrects a fact. From the recording of the correction on, the fact reads as if it had been recorded so from the start. A closed budget takes corrections too. The fact is judged as restated: OUTSIDE_FISCAL_YEAR, BUDGET_EXCEEDED.',
  })
  correctBudgetFact(
    @Input(() => CorrectBudgetFactInput) input: CorrectBudgetFactInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    const named = withNaturalKey(input);
    return run(context, 'correctBudgetFact', named, correction(named, context.services.calendar));
  }

  @MutationField(() => BudgetPayload, {
    description:
      '关账，此后只接受更正与冲销。已关账：BUDGET_CLOSED。Closes a budget, which takes only corrections and reversals from then on. If it is closed already: BUDGET_CLOSED.',
  })
  closeBudget(
    @Input(() => CloseBudgetInput) input: CloseBudgetInput,
    @Ctx() context: RequestContext,
  ): Promise<BudgetPayload> {
    const { department, fiscalYear } = input;
    return run(context, 'closeBudget', input, { kind: 'close', department, fiscalYear });
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
  command: BudgetCommand,
): Promise<BudgetPayload> {
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
