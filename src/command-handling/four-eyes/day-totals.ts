import { Map } from 'immutable';
import { Fen } from '../../kernel/money';
import { LocalDate } from '../../kernel/time';
import { countsFor, FourEyesRule, Movement } from './rules';

/** What each person has moved on each line of one entity on the newest day of its record, for each rule with a threshold. */
export interface DayTotals {
  readonly day: LocalDate;
  readonly sums: Map<string, Fen>;
}

/** Facts of one person on one line within a day add up, so that two halves do not get around a threshold. */
export function withMovements(
  totals: DayTotals | undefined,
  rules: readonly FourEyesRule[],
  { day, actor, movements }: { day: LocalDate; actor: string; movements: readonly Movement[] },
): DayTotals {
  // The clock of the store may step back. Then the later day goes on.
  const before = totals === undefined || totals.day < day ? { day, sums: Map<string, Fen>() } : totals;
  const sums = before.sums.withMutations((mutable) => {
    for (const rule of rules) {
      for (const movement of movements) {
        if (!countsFor(rule, movement)) continue;
        for (const line of movement.lines) {
          mutable.update(keyOf(rule, actor, line), 0n, (sum) => sum + movement.amount);
        }
      }
    }
  });
  return { day: before.day, sums };
}

/**
 * What the command moves, and what its actor has moved before on the same lines that day. A movement between two lines counts what
 * was moved on the one with more.
 */
export function movedWithEarlier(
  totals: DayTotals | undefined,
  rule: FourEyesRule,
  { day, actor, movements }: { day: LocalDate; actor: string; movements: readonly Movement[] },
): Fen {
  const earlierOn = (line: string): Fen =>
    totals === undefined || totals.day < day ? 0n : totals.sums.get(keyOf(rule, actor, line), 0n);
  let moved = 0n;
  const counted = new Set<string>();
  for (const { lines, amount } of movements) {
    moved += amount;
    const place = lines.join(SEPARATOR);
    if (counted.has(place)) continue;
    counted.add(place);
    moved += lines.map(earlierOn).reduce((most, sum) => (sum > most ? sum : most), 0n);
  }
  return moved;
}

/** No code contains it. */
const SEPARATOR = '/';

const keyOf = ({ action, closedOnly }: FourEyesRule, actor: string, line: string): string =>
  [action, closedOnly, line, actor].join(SEPARATOR);
