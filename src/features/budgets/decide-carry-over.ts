import { DecisionContext } from '../../command-handling/decider';
import { yearCode } from '../../kernel/codes';
import { formatAmount } from '../../kernel/money';
import { notFound, ok } from '../../kernel/refusal';
import { BudgetDecision, CarriedLine, CommandOf } from './commands';
import { BudgetFactCorrected, LineDefinition } from './events';
import { BudgetFact, keyByLine } from './facts';
import { closed, exceeded, excessOf, lacking } from './line-rules';
import { BudgetRecord, factOf, lineOf, restate } from './record';
import { ruleViolation, shortOf } from './rules';
import { carriableIn } from './totals';

/** Decides on the year left; the budget of the year entered is judged with it. */
export function carryOver(
  record: BudgetRecord,
  { department, toFiscalYear, lines }: CommandOf<'carryOver'>,
  { recordOf }: DecisionContext<BudgetRecord>,
): BudgetDecision {
  const entered = recordOf(yearCode(department, toFiscalYear));
  if (entered === undefined) return notFound(`There is no budget ${yearCode(department, toFiscalYear)}`);
  return (
    firstOf(lines, ({ line }) => lacking(record, line)) ??
    notClosed(record) ??
    closed(entered) ??
    firstOf(lines, (carried) => mismatched(record, entered, carried)) ??
    firstOf(lines, ({ line, amount }) => carryOverExceeded(record, line, amount)) ??
    ok([
      {
        type: 'BudgetCarriedOut',
        data: {
          toFiscalYear,
          lines: lines.map(({ line, amount, toLine }) => ({
            line,
            amount: formatAmount(amount),
            toLine,
            newLine: entered.lines.has(toLine) ? undefined : definitionIn(record, line, toLine),
          })),
        },
      },
    ])
  );
}

/** Refuses a correction of a carry-out that either year does not allow. */
export function carryOverCorrectionRefused(
  record: BudgetRecord,
  { before, after, correction }: { before: BudgetFact; after: BudgetFact; correction: BudgetFactCorrected },
  { recordOf }: DecisionContext<BudgetRecord>,
): BudgetDecision | undefined {
  if (before.kind !== 'CARRY_OUT') return undefined;
  return (
    carryOverExceeded(record, before.line, after.amount - before.amount) ??
    spentAlready(record, before, correction, recordOf)
  );
}

function spentAlready(
  { department }: BudgetRecord,
  { counterpart, changeId }: BudgetFact,
  correction: BudgetFactCorrected,
  recordOf: DecisionContext<BudgetRecord>['recordOf'],
): BudgetDecision | undefined {
  if (counterpart === undefined) return undefined;
  const entered = recordOf(yearCode(department, counterpart.fiscalYear));
  const takenOver = entered?.carryOvers.takenOver.get(changeId);
  // A dry run may find that the carry-in is not on record yet. Then nothing of it can be spent.
  if (entered === undefined || takenOver === undefined) return undefined;
  const carryIn = factOf(entered, keyByLine(takenOver.changeId, counterpart.line));
  return exceeded(excessOf(entered, carryIn, restate(carryIn, correction)));
}

const notClosed = ({ closedAt }: BudgetRecord): BudgetDecision | undefined =>
  closedAt === undefined
    ? ruleViolation('BUDGET_NOT_CLOSED', 'Only what a closed budget has left can be carried over')
    : undefined;

function mismatched(
  record: BudgetRecord,
  entered: BudgetRecord,
  { line, toLine }: CarriedLine,
): BudgetDecision | undefined {
  const there = entered.lines.get(toLine)?.definition;
  if (there === undefined) return undefined;
  const { fundSource } = lineOf(record, line).definition;
  if (there.vintage === 'CARRIED_OVER' && there.fundSource === fundSource) return undefined;
  return ruleViolation('KIND_MISMATCH', `Line ${toLine} must be CARRIED_OVER and of ${fundSource}`);
}

function carryOverExceeded(record: BudgetRecord, line: string, asked: bigint): BudgetDecision | undefined {
  const remaining = carriableIn(lineOf(record, line).totals);
  if (asked <= 0n || asked <= remaining) return undefined;
  return shortOf('CARRY_OVER_EXCEEDED', `Line ${line} has less left than would be carried over`, { remaining, asked });
}

const definitionIn = (record: BudgetRecord, line: string, code: string): LineDefinition => ({
  ...lineOf(record, line).definition,
  code,
  vintage: 'CARRIED_OVER',
});

/** The first refusal of the lines. */
function firstOf(
  lines: readonly CarriedLine[],
  refusalOf: (line: CarriedLine) => BudgetDecision | undefined,
): BudgetDecision | undefined {
  for (const line of lines) {
    const refusal = refusalOf(line);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
