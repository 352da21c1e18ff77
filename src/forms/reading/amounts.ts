import { Fen, MoneyUnit, parseAmount } from '../../kernel/money';
import { cleaned, saysNothing } from './texts';

/** What a cell says about an amount: nothing, an amount, or what is wrong with it. */
export type AmountRead = { readonly amount: Fen; readonly unit: MoneyUnit } | { readonly problem: string } | undefined;

const UNITS: Readonly<Record<string, MoneyUnit>> = { 元: 'YUAN', 万元: 'WAN_YUAN', 亿元: 'YI_YUAN' };
const UNIT_NAMES: Readonly<Record<MoneyUnit, string>> = { YUAN: '元', WAN_YUAN: '万元', YI_YUAN: '亿元' };
export const unitName = (unit: MoneyUnit): string => UNIT_NAMES[unit];

const AMOUNT = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(元|万元|亿元)?$/;

/** An amount in the unit of its table, unless the cell names one itself. */
export function readAmount(text: string, unit: MoneyUnit): AmountRead {
  if (saysNothing(text)) return undefined;
  const [, minus, whole = '', decimals = '', named] = AMOUNT.exec(cleaned(text).replace(/\s/g, '')) ?? [];
  if (whole === '') return { problem: '不是金额' };
  const own = named === undefined ? unit : (UNITS[named] ?? unit);
  const parsed = parseAmount(whole.replaceAll(',', '') + decimals, own);
  if ('problem' in parsed) return { problem: '金额过大，或折合元后超过 2 位小数' };
  if (minus === '-' && parsed.fen !== 0n) return { problem: '金额不能为负' };
  return { amount: parsed.fen, unit: own };
}

const WRITTEN_UNIT = /(?:单位\s*:?\s*|\(|（|,|，)\s*(?:人民币)?\s*(亿元|万元|元)\s*(?:\)|）|$)/;

/** The unit that a title or a remark names (`单位：元`, `预算数（万元）`); undefined if it names none. */
export function unitIn(text: string): MoneyUnit | undefined {
  const [, name = ''] = WRITTEN_UNIT.exec(text.normalize('NFKC')) ?? [];
  return UNITS[name];
}
