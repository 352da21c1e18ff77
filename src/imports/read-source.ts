import { CellAnswers } from '../forms/reading/answers';
import { FormReading, Said } from '../forms/reading/form-reading';
import { PaymentMapping } from '../forms/reading/payment-mapping';
import { readForm } from '../forms/reading/read-form';
import { PaymentRead, readPayments } from '../forms/reading/read-payments';
import { Workbook } from '../forms/workbook';
import { Pausing } from '../kernel/turns';

/** What a caller says about a file besides its content. */
export interface FileTerms {
  readonly mapping?: PaymentMapping;
  /** Of a form whose head does not say it. */
  readonly department?: string;
  readonly fiscalYear?: number;
}

/** What a file says, and about which department and year. */
export type FileFacts = { readonly department: string; readonly fiscalYear: number } & (
  | { readonly kind: 'payments'; readonly payments: readonly PaymentRead[] }
  | { readonly kind: 'form'; readonly reading: FormReading }
);

/** Reads the cells of a file, with an answer for each. A problem of the file as a whole is told in Chinese. */
export function* factsIn(
  workbook: Workbook,
  terms: FileTerms,
  answers: CellAnswers,
): Pausing<FileFacts | { readonly problem: string }> {
  const { mapping } = terms;
  if (mapping !== undefined) {
    const payments = yield* readPayments(workbook, mapping, answers);
    if (payments === undefined) return { problem: '没有一张工作表具有对应关系所列的全部列名' };
    return { kind: 'payments', department: mapping.department, fiscalYear: mapping.fiscalYear, payments };
  }
  const reading = yield* readForm(workbook, answers);
  if (reading === undefined)
    return { problem: '不是项目自评表、四川变体或部门整体自评表；其他表格请附对应关系（map）' };
  const { about } = reading;
  const department = chosen(about.department, terms.department, '部门', answers);
  const fiscalYear = chosen(about.fiscalYear, terms.fiscalYear, '年度', answers);
  if (department === undefined) return { problem: '表内没有部门代码，请另行指定 department' };
  if (fiscalYear === undefined) return { problem: '表内没有年度，请另行指定 fiscalYear' };
  if (reading.form !== 'department' && about.project === undefined) return { problem: '表内没有项目名称' };
  return { kind: 'form', department, fiscalYear, reading };
}

/** What the file and the caller say must be the same. */
function chosen<Value>(
  said: Said<Value> | undefined,
  given: Value | undefined,
  label: string,
  answers: CellAnswers,
): Value | undefined {
  if (said !== undefined && given !== undefined && said.value !== given) {
    answers.refuse(said.place, `表内${label}为 ${String(said.value)}，与指定的 ${String(given)} 不同`);
  }
  return given ?? said?.value;
}
