import { ArrayMaxSize, ArrayMinSize, Matches, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput, given } from '../../../graphql/command-input';
import { DecimalScalar, MomentScalar } from '../../../graphql/scalars';
import { IsFiscalYear, IsLabel, IsLedgerCode, IsMoment, IsText } from '../../../graphql/validation';
import { MoneyUnit } from '../../../kernel/money';
import { ExpenditureKind, FundSource, FundVintage, LineDefinition } from '../events';
import { ExpenditureKindEnum, FundSourceEnum, FundVintageEnum, MoneyUnitEnum } from './enums';

const AMOUNT = '金额。Positive, with at most 2 decimals in yuan.';

const Unit = (): PropertyDecorator => Field(() => MoneyUnitEnum, { nullable: true, defaultValue: MoneyUnitEnum.YUAN });

@InputType()
abstract class BudgetInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID)
  department!: string;

  @IsFiscalYear()
  @Field(() => Int)
  fiscalYear!: number;
}

@InputType()
export class BudgetLineInput {
  @IsLedgerCode()
  @Field(() => ID)
  code!: string;

  @IsLabel()
  @Field(() => String)
  name!: string;

  @Field(() => FundSourceEnum)
  fundSource!: FundSource;

  @Field(() => FundVintageEnum, { nullable: true, defaultValue: FundVintageEnum.CURRENT_YEAR })
  vintage?: FundVintage | null;

  @Field(() => ExpenditureKindEnum, { nullable: true, defaultValue: ExpenditureKindEnum.UNSPECIFIED })
  expenditureKind?: ExpenditureKind | null;

  @Matches(/^\d{3}(\d{2}(\d{2})?)?$/, { message: 'must be a functional class of 3, 5 or 7 digits' })
  @Field(() => String, { nullable: true, description: '功能分类科目: 3, 5 or 7 digits.' })
  functionCode?: string | null;

  @Matches(/^\d{3}(\d{2})?$/, { message: 'must be an economic class of 3 or 5 digits' })
  @Field(() => String, { nullable: true, description: '经济分类科目: 3 or 5 digits.' })
  economicCode?: string | null;

  @MaxLength(64)
  @Field(() => String, { nullable: true, description: '项目代码。' })
  projectCode?: string | null;
}

@InputType()
export class OpeningLineInput extends BudgetLineInput {
  @Field(() => DecimalScalar, { description: '0 or more, with at most 2 decimals in yuan.' })
  amount!: string;
}

@InputType()
export class ApproveBudgetInput extends BudgetInput {
  @ArrayMinSize(1, { message: 'must have at least one line' })
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Field(() => [OpeningLineInput])
  lines!: OpeningLineInput[];

  @Unit()
  unit?: MoneyUnit | null;

  @ArrayMaxSize(100)
  @IsText({ each: true })
  @Field(() => [String], { nullable: true, description: '绩效目标。' })
  goals?: string[] | null;
}

@InputType()
export class SupplementBudgetInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID)
  line!: string;

  @Field(() => DecimalScalar, { description: AMOUNT })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;

  @ValidateNested()
  @Field(() => BudgetLineInput, {
    nullable: true,
    description: 'Given when the line does not exist yet; its code is line.',
  })
  newLine?: BudgetLineInput | null;
}

@InputType()
export class ReduceBudgetInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID)
  line!: string;

  @Field(() => DecimalScalar, { description: AMOUNT })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;
}

@InputType()
export class TransferBudgetInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID)
  fromLine!: string;

  @IsLedgerCode()
  @Field(() => ID)
  toLine!: string;

  @Field(() => DecimalScalar, { description: AMOUNT })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;
}

@InputType()
export class RecordExpenditureInput extends BudgetInput {
  @IsLedgerCode()
  @Field(() => ID)
  line!: string;

  @Field(() => DecimalScalar, { description: AMOUNT })
  amount!: string;

  @Unit()
  unit?: MoneyUnit | null;

  @MaxLength(500)
  @Field(() => String, { nullable: true, description: '收款人。' })
  payee?: string | null;

  @MaxLength(2_000)
  @Field(() => String, { nullable: true, description: '摘要。' })
  memo?: string | null;
}

@InputType()
export class ReverseExpenditureInput extends BudgetInput {
  @MaxLength(512)
  @Field(() => ID, { description: '支出变更。Change.id of the expenditure, from any snapshot, or its eventId.' })
  change!: string;
}

@InputType()
export class CorrectBudgetFactInput extends BudgetInput {
  @MaxLength(512)
  @Field(() => ID, {
    description:
      '被更正的变更。Change.id of the fact that was wrong, from any snapshot, or its eventId: the original, not an earlier correction.',
  })
  change!: string;

  @IsLedgerCode()
  @Field(() => ID, { nullable: true, description: 'Required where the change has several amounts (an approval).' })
  line?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The right amount. 0 withdraws the fact.' })
  amount?: string | null;

  @Unit()
  unit?: MoneyUnit | null;

  @IsMoment()
  @Field(() => MomentScalar, { nullable: true, description: 'The right effective date of that fact.' })
  correctEffectiveAt?: string | null;
}

@InputType()
export class CloseBudgetInput extends BudgetInput {}

export const lineDefinition = (line: BudgetLineInput): LineDefinition => ({
  code: line.code,
  name: line.name,
  fundSource: line.fundSource,
  vintage: line.vintage ?? 'CURRENT_YEAR',
  expenditureKind: line.expenditureKind ?? 'UNSPECIFIED',
  functionCode: given(line.functionCode),
  economicCode: given(line.economicCode),
  projectCode: given(line.projectCode),
});
