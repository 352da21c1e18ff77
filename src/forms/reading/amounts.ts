import { Fen, MoneyUnit, parseAmount } from '../../kernel/money';
import { cleaned, saysNothing, short } from './texts';

/** What a cell says about an amount: nothing, an amount, or what is wrong with it. An amount below 0 is what registers print in red. */
export type AmountRead = { readonly amount: Fen; readonly unit: MoneyUnit } | { readonly problem: string } | undefined;

const UNITS: ReadonlyMap<string, MoneyUnit> = new Map([
  ['元', 'YUAN'],
  ['万元', 'WAN_YUAN'],
  ['亿元', 'YI_YUAN'],
]);
const UNIT_NAMES: Readonly<Record<MoneyUnit, string>> = { YUAN: '元', WAN_YUAN: '万元', YI_YUAN: '亿元' };
export const unitName = (unit: MoneyUnit): string => UNIT_NAMES[unit];

/** Registers write the sign before or behind the currency, and the minus of books. */
const AMOUNT = /^([-−–]?)(?:¥|人民币|RMB)?([-−–]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(元|万元|亿元)?$/i;
/** Books put an amount below 0 into brackets. */
const BRACKETED = /^\((.*)\)$/;

/** An amount in the unit of its table, unless the cell names one itself. */
export function readAmount(text: string, unit: MoneyUnit): AmountRead {
  if (saysNothing(text)) return undefined;
  const shown = cleaned(short(text)).replace(/\s/g, '');
  const inBrackets = BRACKETED.exec(shown)?.[1];
  const [, before = '', behind = '', whole = '', decimals = '', named = ''] = AMOUNT.exec(inBrackets ?? shown) ?? [];
  const signs = [before, behind, inBrackets === undefined ? '' : '()'].filter((sign) => sign !== '');
  if (whole === '' || signs.length > 1) return { problem: '不是金额' };
  const own = UNITS.get(named) ?? unit;
  const parsed = parseAmount(whole.replaceAll(',', '') + decimals, own);
  if ('problem' in parsed) return { problem: '金额过大，或折合元后超过 2 位小数' };
  return { amount: signs.length === 0 ? parsed.fen : -parsed.fen, unit: own };
}

const WRITTEN_UNIT = /(?:单位:?|[(,])(?:人民币)?(亿元|万元|元)(?:\)|$)/;

/** The unit that a title or a remark names (`单位：元`, `预算数（万元）`); undefined if it names none. */
export function unitIn(text: string): MoneyUnit | undefined {
  const [, name = ''] = WRITTEN_UNIT.exec(short(text).normalize('NFKC').replace(/\s/g, '')) ?? [];
  return UNITS.get(name);
}
