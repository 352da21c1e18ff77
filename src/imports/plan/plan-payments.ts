import { BudgetFact } from '../../features/budgets/readings';
import { CellAnswers } from '../../forms/reading/answers';
import { PaymentRead, paymentWords } from '../../forms/reading/read-payments';
import { Fen } from '../../kernel/money';
import { Instant, LocalDate } from '../../kernel/time';
import { longWork, Worker } from '../../kernel/turns';
import { correctionOf, PaymentTerms, stepsOfPayments } from './payment-steps';
import { Step } from './step';

export interface PaymentsPlan extends PaymentTerms {
  readonly payments: readonly PaymentRead[];
  /** The facts of the budget that stand. */
  readonly facts: readonly BudgetFact[];
  readonly dateOf: (at: Instant) => LocalDate;
  /** Whether an import recorded the fact. */
  readonly isImported: (fact: BudgetFact) => Promise<boolean>;
  readonly work?: Worker;
}

/** The same voucher, line and day. A changed amount of such a row is a correction. */
interface Group {
  readonly read: PaymentRead[];
  readonly known: BudgetFact[];
}

/**
 * What is to be recorded of a table of payments. Voucher, line, date and amount name a payment; equal rows are counted. A payment that is on
 * record already, whoever recorded it, is not recorded again. A row that is missing from the table says nothing. A row below 0 is money
 * that came back: on record it is a refund, or a reversal that somebody recorded.
 */
export async function planPayments(plan: PaymentsPlan, answers: CellAnswers): Promise<readonly Step[]> {
  const groups = await groupsOf(plan);
  const fresh: PaymentRead[] = [];
  const corrections: Step[] = [];
  for await (const group of longWork.each(groups, plan.work)) {
    const { read, known } = unmatched(group, answers);
    const [[row, ...otherRows], [fact, ...otherFacts]] = [read, known];
    const isPair = row !== undefined && fact !== undefined && otherRows.length + otherFacts.length === 0;
    if (isPair && isCorrectable(row, fact) && (await plan.isImported(fact))) {
      corrections.push(correctionOf(plan, row, fact));
    } else fresh.push(...read);
  }
  const steps: Step[] = [];
  for await (const step of longWork.each(stepsOfPayments(plan, fresh), plan.work)) steps.push(step);
  return [...steps, ...corrections];
}

async function groupsOf({ payments, facts, dateOf, work }: PaymentsPlan): Promise<readonly Group[]> {
  const groups = new Map<string, Group>();
  const vouchers = new Set<string>();
  const groupOf = (voucher: string, line: string, date: LocalDate): Group => {
    const key = JSON.stringify([voucher, line, date]);
    const group = groups.get(key) ?? { read: [], known: [] };
    groups.set(key, group);
    return group;
  };
  for await (const payment of longWork.each(payments, work)) {
    const voucher = voucherKey(payment.voucher);
    vouchers.add(voucher);
    groupOf(voucher, payment.line, payment.date).read.push(payment);
  }
  for await (const fact of longWork.each(facts, work)) {
    if (fact.documentNo === undefined || !MOVES_MONEY.has(fact.kind)) continue;
    const voucher = voucherKey(fact.documentNo);
    if (vouchers.has(voucher)) groupOf(voucher, fact.line, dateOf(fact.effectiveAt)).known.push(fact);
  }
  return [...groups.values()];
}

/** Vouchers are recorded as they are written. Full-width characters make no other voucher. */
const voucherKey = (voucher: string): string => voucher.normalize('NFKC');

const MOVES_MONEY: ReadonlySet<BudgetFact['kind']> = new Set(['EXPENDITURE', 'REVERSAL', 'REFUND']);

/** What a table of payments would say about the fact. */
const signedAmount = ({ kind, amount }: BudgetFact): Fen => (kind === 'EXPENDITURE' ? amount : -amount);

/** A payment does not become a refund, and an import records no reversals. */
const isCorrectable = ({ amount }: PaymentRead, { kind }: BudgetFact): boolean =>
  kind === (amount < 0n ? 'REFUND' : 'EXPENDITURE');

/** Rows without a fact of the same amount, and facts without such a row. */
function unmatched({ read, known }: Group, answers: CellAnswers): Group {
  const left = [...known];
  const fresh = read.filter((payment) => {
    const index = left.findIndex((fact) => signedAmount(fact) === payment.amount);
    if (index < 0) return true;
    left.splice(index, 1);
    answers.becomes(payment.place, `${paymentWords(payment.amount)}：账上已有，不再记录`);
    return false;
  });
  return { read: fresh, known: left };
}
