import { Text } from './language';

export const MONEY_UNITS = ['YUAN', 'WAN_YUAN', 'YI_YUAN'] as const;
export type MoneyUnit = (typeof MONEY_UNITS)[number];

export const UNIT_TEXTS: Readonly<Record<MoneyUnit, Text>> = {
  YUAN: { zh: '元', en: 'yuan' },
  WAN_YUAN: { zh: '万元', en: '万元 (10k)' },
  YI_YUAN: { zh: '亿元', en: '亿元 (100m)' },
};

/** Behind an amount. */
export const UNIT_SIGNS: Readonly<Record<MoneyUnit, Text>> = {
  YUAN: { zh: '元', en: 'yuan' },
  WAN_YUAN: { zh: '万元', en: '万元' },
  YI_YUAN: { zh: '亿元', en: '亿元' },
};

/** One unit is 10^places fen. */
const PLACES: Readonly<Record<MoneyUnit, number>> = { YUAN: 2, WAN_YUAN: 6, YI_YUAN: 10 };
const DECIMALS = 2;
const AMOUNT = /^(-?)(\d+)(?:\.(\d{1,2}))?$/;

/** Whether the text is an exact amount in yuan. */
export const isYuan = (text: string): boolean => AMOUNT.test(text);

/** An exact amount, as the API gives it in yuan, as fen. */
export function readYuan(yuan: string): bigint {
  const match = AMOUNT.exec(yuan);
  if (match === null) throw new RangeError(`${yuan} is no amount in yuan`);
  const [, sign = '', integer = '', fraction = ''] = match;
  return BigInt(`${sign}${integer}${fraction.padEnd(DECIMALS, '0')}`);
}

/** The amount in the unit, exact: at least 2 decimals, no zeros after those, and thousands apart: `11,604.08`. */
export function formatFen(fen: bigint, unit: MoneyUnit): string {
  const places = PLACES[unit];
  const digits = (fen < 0n ? -fen : fen).toString().padStart(places + 1, '0');
  const integer = digits.slice(0, -places);
  const fraction = digits.slice(-places).replace(/0+$/, '').padEnd(DECIMALS, '0');
  return `${fen < 0n ? '−' : ''}${grouped(integer)}.${fraction}`;
}

/** The same as a plain decimal number, for what computes with it. */
export const plainFen = (fen: bigint, unit: MoneyUnit): string =>
  formatFen(fen, unit).replaceAll(',', '').replace('−', '-');

export const formatYuan = (yuan: string, unit: MoneyUnit): string => formatFen(readYuan(yuan), unit);

/** Fen as the API writes amounts in yuan. */
export const writeYuan = (fen: bigint): string => {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** A decimal number as it is, with thousands apart. Any other text, such as a name that begins with digits, stays as it is. */
export function formatDecimal(decimal: string): string {
  const [, sign = '', integer = '', rest = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(decimal) ?? [];
  return integer === '' ? decimal : `${sign === '-' ? '−' : ''}${grouped(integer)}${rest}`;
}

export const percentText = (rate: string | null): string => (rate === null ? '—' : `${formatDecimal(rate)}%`);

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
