import { ArrayMaxSize, ArrayMinSize, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { DecimalScalar, MomentScalar } from '../../../graphql/scalars';
import { DEPARTMENT_REFERENCE, FISCAL_YEAR_GIVEN } from '../../../graphql/shared-descriptions';
import { IsFiscalYear, IsLedgerCode, IsMoment, IsText } from '../../../graphql/validation';
import { MoneyUnit } from '../../../kernel/money';
import { AMOUNT_GIVEN, LINE_REFERENCE, UNIT_GIVEN } from './descriptions';
import { MoneyUnitEnum } from './enums';
import { BudgetLineInput, OpeningLineInput } from './line-inputs';

const Unit = (): PropertyDecorator =>
  Field(() => MoneyUnitEnum, { nullable: true, defaultValue: MoneyUnitEnum.YUAN, description: UNIT_GIVEN });

@InputType()
abstract class BudgetInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID, { description: DEPARTMENT_REFERENCE })
  department!: string;

  @IsFiscalYear()
  @Field(() => Int, { description: FISCAL_YEAR_GIVEN })
  fiscalYear!: number;
}

@InputType({ description: '预算批复。The approval of a budget.' })
export class ApproveBudgetInput extends BudgetInput {
  @ArrayMinSize(1, { message: 'must have at least one line' })
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Field(() => [OpeningLineInput], {
    description: '预算明细，1 至 1000 条，代码不得重复。The lines: 1 to 1,000, each with a code of its own.',
  })
  lines!: OpeningLineInput[];

  @Unit()
  unit?: MoneyUnit | null;

  @ArrayMaxSize(100)
  @IsText({ each: true })
  @Field(() => [String], {
    nullable: true,
    description:
      '绩效目标，最多 100 条，每条最多 20000 个字符。The performance goals: at most 100, each of at most 20,000 characters.',
  })
  goals?: string[] | null;
}

@InputType({ description: '预算追加。An addition to a line from outside the budget.' })
export class SupplementBudgetInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID, {
    description:
      '追加的预算明细代码；没有该明细又未填 newLine 为 NOT_FOUND。The code of the line to add to. If the budget has no such line and newLine is left out: NOT_FOUND.',
  })
  line!: string;

  @Field(() => DecimalScalar, { description: AMOUNT_GIVEN })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;

  @ValidateNested()
  @Field(() => BudgetLineInput, {
    nullable: true,
    description:
      '新增的预算明细，仅在明细尚不存在时填写，其 code 与 line 相同。明细已存在：CONFLICT。The line to add, if it does not exist yet; its code is the same as line. If the line exists: CONFLICT.',
  })
  newLine?: BudgetLineInput | null;
}

@InputType({ description: '预算追减。A reduction of a line to outside the budget.' })
export class ReduceBudgetInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID, { description: LINE_REFERENCE })
  line!: string;

  @Field(() => DecimalScalar, { description: AMOUNT_GIVEN })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;
}

@InputType({ description: '预算调剂。A move of an amount from one line of the budget to another.' })
export class TransferBudgetInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID, {
    description:
      '调出明细的代码；预算没有该明细为 NOT_FOUND。The code of the line that gives. If the budget has no such line: NOT_FOUND.',
  })
  fromLine!: string;

  @IsLedgerCode()
  @Field(() => ID, {
    description:
      '调入明细的代码，不得与 fromLine 相同；预算没有该明细为 NOT_FOUND。The code of the line that receives, another than fromLine. If the budget has no such line: NOT_FOUND.',
  })
  toLine!: string;

  @Field(() => DecimalScalar, { description: AMOUNT_GIVEN })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;
}

@InputType({ description: '支出。An expenditure.' })
export class RecordExpenditureInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID, { description: LINE_REFERENCE })
  line!: string;

  @Field(() => DecimalScalar, { description: AMOUNT_GIVEN })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;

  @MaxLength(500)
  @Field(() => String, { nullable: true, description: '收款人，最多 500 个字符。Who is paid; at most 500 characters.' })
  payee?: string | null;

  @MaxLength(2_000)
  @Field(() => String, {
    nullable: true,
    description: '摘要，最多 2000 个字符。What is paid for; at most 2,000 characters.',
  })
  memo?: string | null;
}

@InputType({ description: '支出冲销。The reversal of an expenditure.' })
export class ReverseExpenditureInput extends BudgetInput {
  @MaxLength(512)
  @Field(() => ID, {
    description:
      '支出变更的 Change.id（任何快照均可）或 eventId。没有该变更：NOT_FOUND；不是支出或已撤回：NOT_REVERSIBLE；已冲销：EXPENDITURE_REVERSED。Change.id of the expenditure, from any snapshot, or its eventId. If there is no such change: NOT_FOUND. If it is no expenditure, or is withdrawn: NOT_REVERSIBLE. If it is reversed already: EXPENDITURE_REVERSED.',
  })
  change!: string;
}

@InputType({
  description:
    '预算事实更正：填写 amount、correctEffectiveAt 或两者，否则 BAD_USER_INPUT；不填的保持不变。A correction of a fact. It gives amount, correctEffectiveAt or both: else BAD_USER_INPUT. What is left out stays as it is.',
})
export class CorrectBudgetFactInput extends BudgetInput {
  @MaxLength(512)
  @Field(() => ID, {
    description:
      '被更正的变更的 Change.id（任何快照均可）或 eventId：须为原始事实，不能是更正或关账，否则 NOT_CORRECTABLE。没有该变更：NOT_FOUND；支出已冲销：EXPENDITURE_REVERSED。Change.id of the fact that was wrong, from any snapshot, or its eventId. It is the original fact, neither a correction nor a closing: else NOT_CORRECTABLE. If there is no such change: NOT_FOUND. If it is a reversed expenditure: EXPENDITURE_REVERSED.',
  })
  change!: string;

  @IsLedgerCode()
  @Field(() => ID, {
    nullable: true,
    description:
      '预算明细代码；变更有多个金额（批复）时必填，否则 BAD_USER_INPUT。变更不涉及该明细：NOT_FOUND。The code of the line. It is required if the change has several amounts, as an approval: else BAD_USER_INPUT. If the change does not touch the line: NOT_FOUND.',
  })
  line?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '正确的金额，以 unit 为单位，折合元最多 2 位小数；0 表示撤回。冲销的金额不可更正：NOT_CORRECTABLE。The right amount, in unit, with at most 2 decimals in yuan; 0 withdraws the fact. If the fact is a reversal: NOT_CORRECTABLE.',
  })
  amount?: string | null;

  @Unit()
  unit?: MoneyUnit | null;

  @IsMoment()
  @Field(() => MomentScalar, {
    nullable: true,
    description:
      '该事实正确的生效时间；只填日期为账本时区当日 00:00。The right effective date of that fact; a date means its 00:00 in the time zone of the ledger.',
  })
  correctEffectiveAt?: string | null;
}

@InputType({ description: '预算关账。The closing of a budget.' })
export class CloseBudgetInput extends BudgetInput {}
