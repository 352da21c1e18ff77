import { ValueOf } from '../../input/field';
import { code, optional, timeOfFact, upperBound } from '../../input/fields';
import { refuseReversed } from '../../input/ranges';
import { anyOfChoice } from '../shared/fields';
import { BudgetFact, EntryKinds } from './facts';

/** Which entries of a budget a list or a table has. */
export const ENTRY_FILTER = {
  kinds: anyOfChoice(EntryKinds),
  line: optional(
    code(
      '仅限涉及该明细的分录，包括调剂的任何一方；不填则不限。Only entries that touch this line, on either side of a transfer; left out: all.',
    ),
  ),
  effectiveFrom: optional(
    timeOfFact(
      '生效时间的下限，含；只填日期为账本时区当日 00:00。The first effective moment, inclusive; a date means its 00:00 in the time zone of the ledger.',
    ),
  ),
  effectiveTo: optional(
    upperBound(
      '生效时间的上限，含；只填日期为账本时区当日末。早于下限为 BAD_USER_INPUT。The last effective moment, inclusive; a date means its end in the time zone of the ledger. Before effectiveFrom: BAD_USER_INPUT.',
    ),
  ),
};
export type EntryFilter = ValueOf<typeof ENTRY_FILTER>;

export const refuseReversedDates = refuseReversed('effectiveFrom', 'effectiveTo');

/** Whether a fact passes the filter; undefined if every fact does. */
export function entryFilter(filter: EntryFilter): ((fact: BudgetFact) => boolean) | undefined {
  const { kinds, line, effectiveFrom, effectiveTo } = filter;
  if ([kinds, line, effectiveFrom, effectiveTo].every((asked) => asked === undefined)) return undefined;
  const [from, to] = [effectiveFrom ?? -Infinity, effectiveTo ?? Infinity];
  return (fact) =>
    (kinds === undefined || kinds.includes(fact.kind)) &&
    (line === undefined || fact.line === line || fact.toLine === line) &&
    fact.effectiveAt >= from &&
    fact.effectiveAt <= to;
}
