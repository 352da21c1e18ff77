import { withPoint } from './decimal';

/**
 * Amounts are integers of fen (1 yuan = 100 fen) everywhere in the program. In events, documents and on the wire they are exact
 * decimal strings in a unit.
 */
export type Fen = bigint;

export const MONEY_UNITS = ['YUAN', 'WAN_YUAN', 'YI_YUAN'] as const;
export type MoneyUnit = (typeof MONEY_UNITS)[number];

/** One unit is 10^places fen. */
const PLACES: Readonly<Record<MoneyUnit, number>> = { YUAN: 2, WAN_YUAN: 6, YI_YUAN: 10 };

/** The same as NUMBER(18,2) of the existing systems: less than ten quadrillion yuan. */
export const AMOUNT_LIMIT: Fen = 10n ** 18n;

const AMOUNT = /^\+?(\d{1,40})(?:\.(\d{1,40}))?$/;

export type ParsedAmount = { readonly fen: Fen } | { readonly problem: string };

/** An amount of 0 or more, with at most 2 decimals when converted to yuan. */
export function parseAmount(text: string, unit: MoneyUnit = 'YUAN'): ParsedAmount {
  const match = text.length > 80 ? null : AMOUNT.exec(text);
  if (!match) return { problem: 'must be a decimal number such as "9689.88", not negative' };
  const [, integer = '', written = ''] = match;
  const fraction = written.replace(/0+$/, '');
  const places = PLACES[unit];
  if (fraction.length > places) return { problem: 'must have at most 2 decimals in yuan' };
  const fen = BigInt(integer + fraction.padEnd(places, '0'));
  if (fen >= AMOUNT_LIMIT) return { problem: 'must be less than 10000000000000000 yuan' };
  return { fen };
}

/** Exact in every unit: at least 2 decimals, and no trailing zeros after those. */
export function formatAmount(fen: Fen, unit: MoneyUnit = 'YUAN'): string {
  const text = withPoint(fen, PLACES[unit]);
  let end = text.length;
  const least = end - PLACES[unit] + 2;
  while (end > least && text.charCodeAt(end - 1) === ZERO) end--;
  return text.slice(0, end);
}

const ZERO = 48;

/** Parses the amount of an event or a document: yuan, as `formatAmount` writes it. */
export function readYuan(text: string): Fen {
  const point = text.length - 3;
  return text.charCodeAt(point) === 46 ? BigInt(text.slice(0, point) + text.slice(point + 1)) : BigInt(text) * 100n;
}
