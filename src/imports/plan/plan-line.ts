import { BudgetFact } from '../../features/budgets/readings';
import { LineDefinition } from '../../features/budgets/events';
import { CellAnswers, CellPlace } from '../../forms/reading/answers';
import { FundsRead, Said } from '../../forms/reading/form-reading';
import { Fen, formatAmount } from '../../kernel/money';
import { evidenceOf, keyOf } from './source';
import { Step, stepOf } from './step';
import { Subject } from './subject';

/** One line of the budget, and the row of a form that is about it. */
export interface LinePlan {
  readonly subject: Subject;
  readonly row: FundsRead;
  readonly answers: CellAnswers;
  readonly line: {
    readonly code: string;
    readonly opening: Fen;
    readonly adjustment: Fen;
    readonly executed: Fen;
    /** The facts that stand, and the keys under which imports recorded them. */
    readonly facts: readonly KnownFact[];
    /** Set if the line is to be added. */
    readonly isNew?: Partial<LineDefinition>;
  };
}

interface KnownFact {
  readonly fact: BudgetFact;
  readonly keys: readonly string[];
}

export interface LineChange {
  readonly effect: 'gives' | 'spends' | 'takes';
  readonly step: Step;
}

/**
 * What makes the line what the row says. A figure that this form recorded before is corrected. A figure that somebody else recorded is never
 * changed: the row is refused, for a form sums up facts and is none itself.
 */
export function planLine(plan: LinePlan): readonly LineChange[] {
  const { row, line } = plan;
  const opening = row.opening === undefined ? [] : planOpening(plan, row.opening);
  const openingMeant = row.opening?.value ?? line.opening;
  const adjustment = row.revised === undefined ? [] : planAdjustment(plan, row.revised, openingMeant);
  const executed = row.executed === undefined ? [] : planExecuted(plan, row.executed);
  return [...opening, ...adjustment, ...executed];
}

function planOpening(plan: LinePlan, said: Said<Fen>): readonly LineChange[] {
  const { line } = plan;
  if (said.value === line.opening) return already(plan, said);
  const own = ownFact(plan, 'opening', ['OPENING']);
  if (own === undefined) return foreign(plan, said, line.opening);
  const effect = said.value > line.opening ? 'gives' : 'takes';
  return [{ effect, step: correct(plan, said, own, 'opening', said.value) }];
}

function planAdjustment(plan: LinePlan, said: Said<Fen>, opening: Fen): readonly LineChange[] {
  const { line } = plan;
  const wanted = said.value - opening;
  if (wanted === line.adjustment) return already(plan, said);
  if (line.adjustment === 0n && !hasFacts(plan, ADJUSTING)) return [adjust(plan, said, wanted)];
  const own = ownFact(plan, 'adjustment', ['SUPPLEMENT', 'REDUCTION']);
  if (own === undefined || hasOthers(plan, own, ADJUSTING)) return foreign(plan, said, line.opening + line.adjustment);
  const effect = wanted > line.adjustment ? 'gives' : 'takes';
  const isSameKind = wanted !== 0n && wanted > 0n === (own.kind === 'SUPPLEMENT');
  if (isSameKind) return [{ effect, step: correct(plan, said, own, 'adjustment', wanted < 0n ? -wanted : wanted) }];
  const withdrawn = { effect, step: correct(plan, said, own, 'adjustment', 0n) } as const;
  return wanted === 0n ? [withdrawn] : [withdrawn, adjust(plan, said, wanted)];
}

const ADJUSTING: readonly BudgetFact['kind'][] = ['SUPPLEMENT', 'REDUCTION', 'TRANSFER', 'CARRY_IN'];
const EXECUTING: readonly BudgetFact['kind'][] = ['EXPENDITURE', 'REVERSAL', 'REFUND'];

function planExecuted(plan: LinePlan, said: Said<Fen>): readonly LineChange[] {
  const { subject, line } = plan;
  if (said.value === line.executed) return already(plan, said);
  if (line.executed === 0n && !hasFacts(plan, EXECUTING)) {
    const { department, fiscalYear, lastDay } = subject;
    const input = { department, fiscalYear, line: line.code, amount: formatAmount(said.value), effectiveAt: lastDay };
    const says = `记录全年执行数 ${formatAmount(said.value)} 元（${lastDay}）`;
    return [{ effect: 'spends', step: record(plan, 'recordExpenditure', said.place, 'executed', input, says) }];
  }
  const own = ownFact(plan, 'executed', ['EXPENDITURE']);
  if (own === undefined || hasOthers(plan, own, EXECUTING)) return foreign(plan, said, line.executed);
  return [{ effect: 'spends', step: correct(plan, said, own, 'executed', said.value) }];
}

function adjust(plan: LinePlan, said: Said<Fen>, wanted: Fen): LineChange {
  const { subject, line } = plan;
  const { department, fiscalYear, lastDay: effectiveAt } = subject;
  const amount = formatAmount(wanted < 0n ? -wanted : wanted);
  const input = { department, fiscalYear, line: line.code, amount, effectiveAt };
  if (wanted < 0n) {
    return {
      effect: 'takes',
      step: record(plan, 'reduceBudget', said.place, 'adjustment', input, `追减 ${amount} 元`),
    };
  }
  const added = line.isNew === undefined ? input : { ...input, newLine: line.isNew };
  return {
    effect: 'gives',
    step: record(plan, 'supplementBudget', said.place, 'adjustment', added, `追加 ${amount} 元`),
  };
}

type What = 'opening' | 'adjustment' | 'executed';

const keyFor = ({ subject: { form, department, fiscalYear }, line: { code } }: LinePlan, what: What): string =>
  keyOf({ form, department, fiscalYear, code }, what);

/** The one fact of these kinds that this form recorded for the line. */
function ownFact(plan: LinePlan, what: What, kinds: readonly BudgetFact['kind'][]): BudgetFact | undefined {
  const key = keyFor(plan, what);
  const own = plan.line.facts.filter(({ fact, keys }) => kinds.includes(fact.kind) && keys.includes(key));
  return own.length === 1 ? own[0]?.fact : undefined;
}

const hasFacts = ({ line }: LinePlan, kinds: readonly BudgetFact['kind'][]): boolean =>
  line.facts.some(({ fact }) => kinds.includes(fact.kind));

const hasOthers = ({ line }: LinePlan, own: BudgetFact, kinds: readonly BudgetFact['kind'][]): boolean =>
  line.facts.some(({ fact }) => kinds.includes(fact.kind) && fact.changeId !== own.changeId);

function already({ answers }: LinePlan, { place }: Said<Fen>): readonly never[] {
  if (answers.of(place)?.warning === undefined) answers.becomes(place, '账上已有，不再记录');
  return [];
}

function foreign({ answers }: LinePlan, said: Said<Fen>, onRecord: Fen): readonly never[] {
  const difference = `账上为 ${formatAmount(onRecord)} 元，表上为 ${formatAmount(said.value)} 元`;
  answers.refuse(said.place, `与账本不符：${difference}；账上的数不是由此表导入，须先核对`);
  return [];
}

function correct(plan: LinePlan, said: Said<Fen>, fact: BudgetFact, what: What, amount: Fen): Step {
  const { department, fiscalYear, source } = plan.subject;
  const change = `${formatAmount(fact.amount)} 元改为 ${formatAmount(amount)} 元`;
  const input = {
    department,
    fiscalYear,
    change: fact.changeId,
    line: fact.kind === 'OPENING' ? fact.line : undefined,
    amount: formatAmount(amount),
    reason: `导入 ${source.name}：${change}`,
  };
  return record(plan, 'correctBudgetFact', said.place, what, input, `更正：${change}`);
}

function record(
  plan: LinePlan,
  action: Step['action'],
  place: CellPlace,
  what: What,
  input: Readonly<Record<string, unknown>>,
  says: string,
): Step {
  const { source } = plan.subject;
  const evidence = [evidenceOf(source, keyFor(plan, what), place)];
  return stepOf(source, { action, input: { ...input, evidence }, places: [place], says });
}
