import { Choice } from '../../input/choice';
import { Fen, formatAmount } from '../../kernel/money';
import { percentage } from '../../kernel/decimal';

/** The Chinese name of a value of a closed set. */
export const nameOf = <Value extends string>({ meanings }: Choice<Value>, value: Value): string =>
  meanings[value].split('。')[0]?.split('：')[0] ?? value;

/** An exact amount in 万元. */
export const wan = (amount: Fen): string => formatAmount(amount, 'WAN_YUAN');

/** With a sign, also if it is positive. */
export const signed = (amount: Fen): string => (amount > 0n ? `+${wan(amount)}` : wan(amount));

/** part / whole, as a percentage; a dash if the whole is 0. */
export function rate(part: Fen, whole: Fen): string {
  const found = percentage(part, whole);
  return found === null ? NOTHING : `${found}%`;
}

/** A cell without a value. */
export const NOTHING = '—';
