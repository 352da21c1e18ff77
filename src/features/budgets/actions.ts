import { actionsOn, ActionsOf } from '../../actions/action';
import { commandInput } from '../../actions/command-fields';
import { changeNamed } from '../../actions/references';
import { amount, code, later, list, moneyUnit, object, optional, text } from '../../input/fields';
import { yearCode } from '../../kernel/codes';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { formatAmount } from '../../kernel/money';
import { YEAR_OF_DEPARTMENT } from '../shared/fields';
import { CarryOverBudgetInput } from './carry-over-input';
import { CorrectBudgetFactInput } from './correction-input';
import { BudgetCommand } from './commands';
import { budgetDecider } from './decider';
import { AMOUNT_GIVEN, LINE_REFERENCE, REVERSED_AMOUNT, UNIT_GIVEN } from './descriptions';
import { RecordExpenditureInput, RecordExpendituresInput, RecordRefundInput } from './expenditure-inputs';
import { BudgetLineInput, OpeningLineInput } from './line-fields';
import { budgetProjection } from './projection';
import { budgetReading } from './readings';
import { correctedFactRecordedBy } from './recorded-by';

interface BudgetName {
  readonly department: string;
  readonly fiscalYear: number;
}

const action = actionsOn({
  decider: budgetDecider,
  reading: budgetReading,
  projection: budgetProjection,
  codeOf: ({ department, fiscalYear }: BudgetName) => yearCode(department, fiscalYear),
});

const unit = moneyUnit(UNIT_GIVEN);
const AMOUNT = { amount: amount(AMOUNT_GIVEN, 'refused'), unit };
const LINE_AND_AMOUNT = { ...YEAR_OF_DEPARTMENT, line: code(LINE_REFERENCE), ...AMOUNT };

export const budgetActions = {
  approve: action({
    name: 'approveBudget',
    description:
      '批复预算，包括明细及年初预算；明细自始存在。已批复：CONFLICT。Approves a budget: its lines with their opening amounts. If it is approved already: CONFLICT.',
    isAboutAmount: true,
    input: commandInput(
      'ApproveBudgetInput',
      '预算批复。The approval of a budget.',
      {
        ...YEAR_OF_DEPARTMENT,
        lines: list(
          object(OpeningLineInput, OpeningLineInput.description),
          { most: INPUT_BOUNDS.maxBudgetLines, notEmpty: 'must have at least one line' },
          '预算明细，1 至 1000 条，代码不得重复。The lines: 1 to 1,000, each with a code of its own.',
        ),
        unit,
        goals: optional(
          list(
            text(),
            { most: INPUT_BOUNDS.maxTexts },
            '绩效目标，最多 100 条，每条最多 20000 个字符。The performance goals: at most 100, each of at most 20,000 characters.',
          ),
        ),
      },
      ({ lines = [] }, context) => {
        const codes = new Set<string>();
        for (const [index, { code }] of lines.entries()) {
          if (codes.has(code)) context.refuse(`/lines/${index}/code`, 'is in the approval twice');
          codes.add(code);
        }
      },
    ),
    toCommand({ department, fiscalYear, goals = [], lines }) {
      const opened = lines.map((line) => ({ ...line, amount: formatAmount(line.amount) }));
      return { kind: 'approve', department, fiscalYear, approval: { department, fiscalYear, goals, lines: opened } };
    },
  }),
  supplement: action({
    name: 'supplementBudget',
    description:
      '追加，可新增明细。已关账：BUDGET_CLOSED。Adds to a line of the budget, or adds a line. If the budget is closed: BUDGET_CLOSED.',
    isAboutAmount: true,
    input: commandInput(
      'SupplementBudgetInput',
      '预算追加。An addition to a line from outside the budget.',
      {
        ...YEAR_OF_DEPARTMENT,
        line: code(
          '追加的预算明细代码；没有该明细又未填 newLine 为 NOT_FOUND。The code of the line to add to. If the budget has no such line and newLine is left out: NOT_FOUND.',
        ),
        ...AMOUNT,
        newLine: optional(
          object(
            BudgetLineInput,
            '新增的预算明细，仅在明细尚不存在时填写，其 code 与 line 相同。明细已存在：CONFLICT。The line to add, if it does not exist yet; its code is the same as line. If the line exists: CONFLICT.',
          ),
        ),
      },
      ({ line, newLine }, context) => {
        if (newLine !== undefined && newLine.code !== line) context.refuse('/newLine/code', 'must be the same as line');
      },
    ),
    toCommand: ({ department, fiscalYear, line, amount, newLine }) => ({
      kind: 'supplement',
      department,
      fiscalYear,
      line,
      amount,
      newLine,
    }),
  }),
  reduce: action({
    name: 'reduceBudget',
    description:
      '追减。已关账：BUDGET_CLOSED；执行数将超过全年预算：BUDGET_EXCEEDED。Reduces a line of the budget. If the budget is closed: BUDGET_CLOSED. If the line would have more executed than its revised amount: BUDGET_EXCEEDED.',
    isAboutAmount: true,
    input: commandInput('ReduceBudgetInput', '预算追减。A reduction of a line to outside the budget.', LINE_AND_AMOUNT),
    toCommand: ({ department, fiscalYear, line, amount }) => ({
      kind: 'reduce',
      department,
      fiscalYear,
      line,
      amount,
    }),
  }),
  transfer: action({
    name: 'transferBudget',
    description:
      '调剂：从一条明细调到另一条，总额不变。已关账：BUDGET_CLOSED；调出明细的执行数将超过全年预算：BUDGET_EXCEEDED。Moves an amount from one line to another; the total stays. If the budget is closed: BUDGET_CLOSED. If the line that gives would have more executed than its revised amount: BUDGET_EXCEEDED.',
    isAboutAmount: true,
    input: commandInput(
      'TransferBudgetInput',
      '预算调剂。A move of an amount from one line of the budget to another.',
      {
        ...YEAR_OF_DEPARTMENT,
        fromLine: code(
          '调出明细的代码；预算没有该明细为 NOT_FOUND。The code of the line that gives. If the budget has no such line: NOT_FOUND.',
        ),
        toLine: code(
          '调入明细的代码，不得与 fromLine 相同；预算没有该明细为 NOT_FOUND。The code of the line that receives; it differs from fromLine. If the budget has no such line: NOT_FOUND.',
        ),
        ...AMOUNT,
      },
      ({ fromLine, toLine }, context) => {
        if (fromLine === toLine) context.refuse('/toLine', 'must be another line than fromLine');
      },
    ),
    toCommand: ({ department, fiscalYear, fromLine, toLine, amount }) => ({
      kind: 'transfer',
      department,
      fiscalYear,
      fromLine,
      toLine,
      amount,
    }),
  }),
  spend: action({
    name: 'recordExpenditure',
    description:
      '记录支出。已关账：BUDGET_CLOSED；生效时间不在账本时区的预算年度内：OUTSIDE_FISCAL_YEAR；超过明细结余：BUDGET_EXCEEDED，除非 overrun 为 true 且有理由。Records an expenditure. If the budget is closed: BUDGET_CLOSED. If its effective date is outside the fiscal year, in the time zone of the ledger: OUTSIDE_FISCAL_YEAR. If it is more than the line has left: BUDGET_EXCEEDED, unless overrun is true and there is a reason.',
    isAboutAmount: true,
    input: RecordExpenditureInput,
    toCommand: ({ department, fiscalYear, line, amount, payee, memo, overrun }) => ({
      kind: 'spend',
      department,
      fiscalYear,
      line,
      amount,
      payee,
      memo,
      overrun,
    }),
  }),
  refund: action({
    name: 'recordRefund',
    description:
      '记录收回款（退款），减少明细的执行数；不对应某一笔已记录的支出，否则用 reverseExpenditure。已关账：BUDGET_CLOSED；生效时间不在账本时区的预算年度内：OUTSIDE_FISCAL_YEAR；明细的执行数将为负而无理由：REFUND_NEEDS_REASON。Records money that came back and belongs to no one expenditure on record (for that, see reverseExpenditure). It lowers what its line has executed. If the budget is closed: BUDGET_CLOSED. If its effective date is outside the fiscal year, in the time zone of the ledger: OUTSIDE_FISCAL_YEAR. If the line would have less than 0 executed and there is no reason: REFUND_NEEDS_REASON.',
    isAboutAmount: true,
    input: RecordRefundInput,
    toCommand: ({ department, fiscalYear, line, amount, payer, memo }) => ({
      kind: 'refund',
      department,
      fiscalYear,
      line,
      amount,
      payer,
      memo,
    }),
  }),
  spendMany: action({
    name: 'recordExpenditures',
    description:
      '记录多笔支出，一次写入：要么全部记录，每笔一条变更，中间没有其他变更；要么都不记录。按顺序检查，第一笔被拒绝即全部拒绝，extensions.item 为其序号（从 0 起）。超过 maxAppendBytes：LIMIT_EXCEEDED，extensions.fits 为可容纳的笔数。Records several expenditures at once: all of them, one change each, with nothing between them, or none. They are judged in order by the rules of recordExpenditure; the first that is refused refuses all, and extensions.item is its place, from 0. If they are more than maxAppendBytes: LIMIT_EXCEEDED, and extensions.fits says how many would fit.',
    isAboutAmount: true,
    input: RecordExpendituresInput,
    toCommand: ({ department, fiscalYear, items }) => ({ kind: 'spendMany', department, fiscalYear, items }),
  }),
  reverse: action({
    name: 'reverseExpenditure',
    description:
      '冲销：收回支出的剩余全部或部分金额，可分多次，直至没有剩余；已关账的预算也可冲销，生效时间不限年度。明细的执行数将为负而无理由：REFUND_NEEDS_REASON。Reverses an expenditure: takes back all that is left of it, or a part. Others may follow until nothing is left. A closed budget takes reversals too, and their effective date may lie in any year. If the line would have less than 0 executed and there is no reason: REFUND_NEEDS_REASON.',
    isAboutAmount: true,
    onClosed: true,
    input: commandInput('ReverseExpenditureInput', '支出冲销。The reversal of an expenditure.', {
      ...YEAR_OF_DEPARTMENT,
      change: changeNamed(
        '支出变更的 Change.id（任何快照均可）或 eventId。没有该变更：NOT_FOUND；不是支出或已撤回：NOT_REVERSIBLE；已无剩余：EXPENDITURE_REVERSED。Change.id of the expenditure, from any snapshot, or its eventId. If there is no such change: NOT_FOUND. If it is no expenditure, or is withdrawn: NOT_REVERSIBLE. If nothing is left of it: EXPENDITURE_REVERSED.',
      ),
      amount: optional(amount(REVERSED_AMOUNT, 'refused')),
      unit: later(unit),
    }),
    toCommand: ({ department, fiscalYear, change, amount }) => ({
      kind: 'reverse',
      department,
      fiscalYear,
      change,
      amount,
    }),
  }),
  correct: action({
    name: 'correctBudgetFact',
    description:
      '更正：自更正被记录起，该事实视同当初即如此记录；已关账的预算也可更正。规则按更正后的内容判断：OUTSIDE_FISCAL_YEAR、REVERSAL_EXCEEDED、BUDGET_EXCEEDED、REFUND_NEEDS_REASON。Corrects a fact. From the recording of the correction on, the fact reads as if it had been recorded so from the start. A closed budget takes corrections too. The fact is judged as restated: OUTSIDE_FISCAL_YEAR, REVERSAL_EXCEEDED, BUDGET_EXCEEDED, REFUND_NEEDS_REASON.',
    isAboutAmount: true,
    onClosed: true,
    input: CorrectBudgetFactInput,
    recordedBy: correctedFactRecordedBy,
    toCommand: ({ department, fiscalYear, change, line, amount, correctEffectiveAt: effectiveAt, overrun }) => ({
      kind: 'correct',
      department,
      fiscalYear,
      change,
      line,
      amount,
      effectiveAt,
      overrun,
    }),
  }),
  close: action({
    name: 'closeBudget',
    description:
      '关账，此后只接受更正与冲销。已关账：BUDGET_CLOSED。Closes a budget, which takes only corrections and reversals from then on. If it is closed already: BUDGET_CLOSED.',
    input: commandInput('CloseBudgetInput', '预算关账。The closing of a budget.', YEAR_OF_DEPARTMENT),
    toCommand: ({ department, fiscalYear }) => ({ kind: 'close', department, fiscalYear }),
  }),
  carryOver: action({
    name: 'carryOverBudget',
    description:
      '结转：已关账预算（否则 BUDGET_NOT_CLOSED）的剩余转入以后年度的预算。转出年度只有 carriedOut 变化，最多为明细剩余减去已结转（CARRY_OVER_EXCEEDED）；转入年度如追加。两个年度各记录一项变更，第一项记录后若中断，以同一 idempotencyKey 重发即补上第二项。Carries over what a closed budget (else BUDGET_NOT_CLOSED) has left to the budget of a later year. In the year left only carriedOut changes. It is at most what the line has left less what was carried out before (CARRY_OVER_EXCEEDED). In the year entered it counts as a supplement does. Each budget gets one change. If the answer is lost after the first one was recorded, send the same again with the same idempotencyKey: the second is recorded then.',
    isAboutAmount: true,
    onClosed: true,
    input: CarryOverBudgetInput,
    dayOf: ({ toFiscalYear }) => `${toFiscalYear}-01-01`,
    toCommand: ({ department, fiscalYear, toFiscalYear, lines }) => ({
      kind: 'carryOver',
      department,
      fiscalYear,
      toFiscalYear,
      lines: lines.map(({ line, amount, toLine = line }) => ({ line, amount, toLine })),
    }),
  }),
} satisfies ActionsOf<BudgetCommand>;
