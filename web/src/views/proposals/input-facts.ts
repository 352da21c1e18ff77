import { isDay, LocalDate } from '../../language/dates';
import { Text } from '../../language/language';
import { MoneyUnit, UNIT_SIGNS } from '../../language/money';
import { fieldText } from '../../terms/fields';
import { lookUp } from '../../terms/look-up';

const NAMES: Readonly<Record<string, Text>> = {
  line: { zh: '预算明细', en: 'Budget line' },
  lines: { zh: '预算明细', en: 'Budget lines' },
  fromLine: { zh: '调出明细', en: 'From line' },
  toLine: { zh: '调入明细', en: 'To line' },
  amount: { zh: '金额', en: 'Amount' },
  effectiveAt: { zh: '生效日期', en: 'In effect on' },
  correctEffectiveAt: { zh: '正确的生效日期', en: 'Right effective date' },
  documentNo: { zh: '文号', en: 'Document' },
  evidence: { zh: '佐证材料', en: 'Evidence' },
  change: { zh: '变更', en: 'Change' },
  payee: { zh: '收款人', en: 'Payee' },
  payer: { zh: '付款人', en: 'Payer' },
  memo: { zh: '摘要', en: 'Memo' },
  overrun: { zh: '允许超支', en: 'Overrun' },
};

/** What a field of an input is called. */
export const inputText = (name: string): Text => lookUp(NAMES, name) ?? fieldText(name);

/** What is shown elsewhere, or concerns only programs. */
const LEFT_OUT = new Set(['department', 'fiscalYear', 'idempotencyKey', 'expectedRevision', 'unit']);

/** What a proposal says, field by field. An amount has its unit. `day` writes a date. */
export function inputFacts(
  input: unknown,
  say: (text: Text) => string,
  day: (date: LocalDate) => string,
): readonly (readonly [name: string, value: string])[] {
  if (typeof input !== 'object' || input === null) return [];
  const { unit = 'YUAN' } = input as { readonly unit?: MoneyUnit };
  return Object.entries(input)
    .filter(([name, value]) => !LEFT_OUT.has(name) && value !== null && value !== undefined)
    .map(([name, value]) => {
      const text = typeof value !== 'string' ? JSON.stringify(value) : isDay(value) ? day(value) : value;
      return [name, name === 'amount' ? `${text} ${say(UNIT_SIGNS[unit])}` : text] as const;
    });
}
