import { Matches, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { given } from '../../../graphql/command-input';
import { DecimalScalar } from '../../../graphql/scalars';
import { codeGiven } from '../../../graphql/shared-descriptions';
import { IsLabel, IsLedgerCode } from '../../../graphql/validation';
import { ExpenditureKind, FundSource, FundVintage, LineDefinition } from '../events';
import { EXPENDITURE_KIND, FUND_SOURCE, VINTAGE } from './descriptions';
import { ExpenditureKindEnum, FundSourceEnum, FundVintageEnum } from './enums';

@InputType({ description: '预算明细。A line of a budget.' })
export class BudgetLineInput {
  @IsLedgerCode()
  @Field(() => ID, {
    description: codeGiven('预算明细代码，在预算内唯一', 'The code of the line, unique within the budget'),
  })
  code!: string;

  @IsLabel()
  @Field(() => String, {
    description: '明细名称，非空，最多 500 个字符。The name of the line; not blank, at most 500 characters.',
  })
  name!: string;

  @Field(() => FundSourceEnum, { description: FUND_SOURCE })
  fundSource!: FundSource;

  @Field(() => FundVintageEnum, { nullable: true, defaultValue: FundVintageEnum.CURRENT_YEAR, description: VINTAGE })
  vintage?: FundVintage | null;

  @Field(() => ExpenditureKindEnum, {
    nullable: true,
    defaultValue: ExpenditureKindEnum.UNSPECIFIED,
    description: EXPENDITURE_KIND,
  })
  expenditureKind?: ExpenditureKind | null;

  @Matches(/^\d{3}(\d{2}(\d{2})?)?$/, { message: 'must be a functional class of 3, 5 or 7 digits' })
  @Field(() => String, {
    nullable: true,
    description: '功能分类科目：3、5 或 7 位数字。The functional class: 3, 5 or 7 digits.',
  })
  functionCode?: string | null;

  @Matches(/^\d{3}(\d{2})?$/, { message: 'must be an economic class of 3 or 5 digits' })
  @Field(() => String, {
    nullable: true,
    description: '经济分类科目：3 或 5 位数字。The economic class: 3 or 5 digits.',
  })
  economicCode?: string | null;

  @MaxLength(64)
  @Field(() => String, {
    nullable: true,
    description: '项目代码，最多 64 个字符。The code of the project; at most 64 characters.',
  })
  projectCode?: string | null;
}

@InputType({ description: '批复的预算明细及年初预算。A line of the approval, with its opening amount.' })
export class OpeningLineInput extends BudgetLineInput {
  @Field(() => DecimalScalar, {
    description:
      '年初预算，以 unit 为单位，不小于 0 且小于 1 亿亿元，折合元最多 2 位小数；否则 BAD_USER_INPUT。The opening amount, in unit: 0 or more and below 10,000,000,000,000,000 yuan, with at most 2 decimals in yuan. Else: BAD_USER_INPUT.',
  })
  amount!: string;
}

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
