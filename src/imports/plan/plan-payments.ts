import { BudgetFact } from '../../features/budgets/readings';
import { CellAnswers } from '../../forms/reading/answers';
import { PaymentRead } from '../../forms/reading/read-payments';
import { cellName } from '../../forms/workbook';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { formatAmount } from '../../kernel/money';
import { Instant, LocalDate } from '../../kernel/time';
import { evidenceOf, keyOf, Source } from './source';
import { Step, stepOf } from './step';

export interface PaymentsPlan {
  readonly department: string;
  readonly fiscalYear: number;
  readonly payments: readonly PaymentRead[];
  /** The facts of the budget that stand. */
  readonly facts: readonly BudgetFact[];
  readonly source: Source;
  readonly dateOf: (at: Instant) => LocalDate;
  /** Whether an import recorded the fact. */
  readonly isImported: (fact: BudgetFact) => Promise<boolean>;
}

/** The same voucher, line and day. A changed amount of such a row is a correction. */
interface Group {
  readonly read: PaymentRead[];
  readonly known: BudgetFact[];
}

/**
 * What is to be recorded of a table of payments. Voucher, line, date and amount name a payment; equal rows are counted. A payment that is on
 * record already, whoever recorded it, is not recorded again. A row that is missing from the table says nothing.
 */
export async function planPayments(plan: PaymentsPlan, answers: CellAnswers): Promise<readonly Step[]> {
  const { payments, facts, dateOf } = plan;
  const groups = new Map<string, Group>();
  const groupOf = (voucher: string, line: string, date: LocalDate): Group => {
    const key = JSON.stringify([voucher, line, date]);
    const group = groups.get(key) ?? { read: [], known: [] };
    groups.set(key, group);
    return group;
  };
  for (const payment of payments) groupOf(payment.voucher, payment.line, payment.date).read.push(payment);
  const vouchers = new Set(payments.map(({ voucher }) => voucher));
  for (const fact of facts) {
    if (fact.kind !== 'EXPENDITURE' || fact.documentNo === undefined || !vouchers.has(fact.documentNo)) continue;
    groupOf(fact.documentNo, fact.line, dateOf(fact.effectiveAt)).known.push(fact);
  }
  const fresh: PaymentRead[] = [];
  const corrections: Step[] = [];
  for (const group of groups.values()) {
    const { read, known } = unmatched(group, answers);
    const [[row, ...otherRows], [fact, ...otherFacts]] = [read, known];
    const isPair = row !== undefined && fact !== undefined && otherRows.length + otherFacts.length === 0;
    if (isPair && (await plan.isImported(fact))) corrections.push(correction(plan, row, fact));
    else fresh.push(...read);
  }
  return [...batches(plan, fresh), ...corrections];
}

/** Rows without a fact of the same amount, and facts without such a row. */
function unmatched({ read, known }: Group, answers: CellAnswers): Group {
  const left = [...known];
  const fresh = read.filter((payment) => {
    const index = left.findIndex(({ amount }) => amount === payment.amount);
    if (index < 0) return true;
    left.splice(index, 1);
    answers.becomes(payment.place, `支出 ${formatAmount(payment.amount)} 元：账上已有，不再记录`);
    return false;
  });
  return { read: fresh, known: left };
}

function correction({ department, fiscalYear, source }: PaymentsPlan, row: PaymentRead, fact: BudgetFact): Step {
  const amount = formatAmount(row.amount);
  const key = keyOf({ form: 'payments', department, fiscalYear, code: row.line }, 'payment');
  return stepOf(source, {
    action: 'correctBudgetFact',
    input: {
      department,
      fiscalYear,
      change: fact.changeId,
      amount,
      reason: `导入 ${source.name}：金额由 ${formatAmount(fact.amount)} 元改为 ${amount} 元`,
      documentNo: row.voucher,
      evidence: [evidenceOf(source, key, row.place)],
    },
    places: [row.place],
    says: `更正支出：${formatAmount(fact.amount)} 元改为 ${amount} 元`,
  });
}

/** Well below what one append may hold. */
const BATCH_BYTES = 700_000;
/** What the log keeps of a payment besides its item. */
const BYTES_BESIDES = 500;

function batches(plan: PaymentsPlan, payments: readonly PaymentRead[]): readonly Step[] {
  const steps: Step[] = [];
  let items: object[] = [];
  let rows: PaymentRead[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (rows.length > 0) steps.push(batch(plan, items, rows));
    [items, rows, bytes] = [[], [], 0];
  };
  for (const row of payments) {
    const item = itemOf(plan, row);
    const size = Buffer.byteLength(JSON.stringify(item)) + BYTES_BESIDES;
    if (bytes + size > BATCH_BYTES || items.length >= INPUT_BOUNDS.maxExpenditures) finish();
    items.push(item);
    rows.push(row);
    bytes += size;
  }
  finish();
  return steps;
}

function batch({ department, fiscalYear, source }: PaymentsPlan, items: object[], rows: readonly PaymentRead[]): Step {
  return stepOf(source, {
    action: 'recordExpenditures',
    input: { department, fiscalYear, items, reason: `导入 ${source.name}` },
    places: rows.map(({ place }) => place),
    says: `记录支出 ${rows.length} 笔，${cellName(rows[0]?.place.cell ?? { row: 0, column: 0 })} 起`,
  });
}

function itemOf({ department, fiscalYear, source }: PaymentsPlan, row: PaymentRead): object {
  const key = keyOf({ form: 'payments', department, fiscalYear, code: row.line }, 'payment');
  return {
    line: row.line,
    amount: formatAmount(row.amount),
    payee: row.payee,
    memo: row.memo,
    effectiveAt: row.date,
    documentNo: row.voucher,
    evidence: [evidenceOf(source, key, row.place)],
  };
}
