import { BudgetFact } from '../../features/budgets/readings';
import { PaymentRead, paymentWords } from '../../forms/reading/read-payments';
import { cellName } from '../../forms/workbook';
import { Fen, formatAmount } from '../../kernel/money';
import { evidenceOf, keyOf, Source } from './source';
import { Step, stepOf } from './step';

/** What the steps of a table of payments share. */
export interface PaymentTerms {
  readonly department: string;
  readonly fiscalYear: number;
  readonly source: Source;
}

/** So many are judged and recorded in one turn of the event loop. */
const BATCH_ITEMS = 200;
/** Well below what one append may hold. */
const BATCH_BYTES = 700_000;
/** What the log keeps of a payment besides its item. */
const BYTES_BESIDES = 500;

/** Payments many at once, and each refund by itself, in the order of the table; with refunds, in the order of their days. */
export function* stepsOfPayments(terms: PaymentTerms, rows: readonly PaymentRead[]): Generator<Step, void, void> {
  let batch: { readonly item: object; readonly row: PaymentRead }[] = [];
  let bytes = 0;
  for (const row of inOrder(rows)) {
    const isRefund = row.amount < 0n;
    const item = itemOf(terms, row);
    const size = Buffer.byteLength(JSON.stringify(item)) + BYTES_BESIDES;
    const isFull = bytes + size > BATCH_BYTES || batch.length >= BATCH_ITEMS;
    if (batch.length > 0 && (isRefund || isFull)) {
      yield stepOfBatch(terms, batch);
      [batch, bytes] = [[], 0];
    }
    if (isRefund) yield refundOf(terms, row);
    else {
      batch.push({ item, row });
      bytes += size;
    }
  }
  if (batch.length > 0) yield stepOfBatch(terms, batch);
}

/** Registers are often printed from the newest to the oldest. What came back was paid before, on the same day at the latest. */
function inOrder(rows: readonly PaymentRead[]): readonly PaymentRead[] {
  if (rows.every(({ amount }) => amount > 0n)) return rows;
  const isLater = (a: PaymentRead, b: PaymentRead): number =>
    a.date === b.date ? Number(a.amount < 0n) - Number(b.amount < 0n) : a.date < b.date ? -1 : 1;
  return [...rows].sort(isLater);
}

function stepOfBatch(
  { department, fiscalYear, source }: PaymentTerms,
  batch: readonly { readonly item: object; readonly row: PaymentRead }[],
): Step {
  const places = batch.map(({ row }) => row.place);
  return stepOf(source, {
    action: 'recordExpenditures',
    input: { department, fiscalYear, items: batch.map(({ item }) => item), reason: `导入 ${source.name}` },
    places,
    says: `记录支出 ${batch.length} 笔，${cellName(places[0]?.cell ?? { row: 0, column: 0 })} 起`,
  });
}

const itemOf = (terms: PaymentTerms, row: PaymentRead) => ({
  line: row.line,
  amount: formatAmount(row.amount),
  payee: row.payee,
  memo: row.memo,
  effectiveAt: row.date,
  documentNo: row.voucher,
  evidence: [evidenceOf(terms.source, keyOfPayment(terms, row), row.place)],
});

/** A refund below what its line has executed needs a reason of a person: only the memo is one. */
function refundOf(terms: PaymentTerms, row: PaymentRead): Step {
  const { department, fiscalYear, source } = terms;
  const { payee: payer, ...item } = itemOf(terms, row);
  return stepOf(source, {
    action: 'recordRefund',
    input: { department, fiscalYear, ...item, amount: formatAmount(-row.amount), payer, reason: row.memo },
    places: [row.place],
    says: paymentWords(row.amount),
  });
}

export function correctionOf(terms: PaymentTerms, row: PaymentRead, fact: BudgetFact): Step {
  const { department, fiscalYear, source } = terms;
  const amount = formatAmount(absolute(row.amount));
  const change = `${formatAmount(fact.amount)} 元改为 ${amount} 元`;
  return stepOf(source, {
    action: 'correctBudgetFact',
    input: {
      department,
      fiscalYear,
      change: fact.changeId,
      amount,
      reason: `导入 ${source.name}：金额由 ${change}`,
      documentNo: row.voucher,
      evidence: [evidenceOf(source, keyOfPayment(terms, row), row.place)],
    },
    places: [row.place],
    says: `更正${row.amount < 0n ? '收回' : '支出'}：${change}`,
  });
}

const absolute = (amount: Fen): Fen => (amount < 0n ? -amount : amount);

const keyOfPayment = ({ department, fiscalYear }: PaymentTerms, { line }: PaymentRead): string =>
  keyOf({ form: 'payments', department, fiscalYear, code: line }, 'payment');
