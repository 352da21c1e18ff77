import { ok, refused, Result, Violation } from '../kernel/refusal';
import { Instant, LedgerCalendar, parseMoment } from '../kernel/time';

type Given = string | null | undefined;

/** A date as a lower bound: its 00:00. undefined for what is no moment. */
function lowerBound(text: Given, calendar: LedgerCalendar): Instant | undefined {
  const moment = typeof text === 'string' ? parseMoment(text) : undefined;
  return moment && calendar.timeOfFact(moment);
}

/** A date as an upper bound: its end. undefined for what is no moment. */
function upperBound(text: Given, calendar: LedgerCalendar): Instant | undefined {
  const moment = typeof text === 'string' ? parseMoment(text) : undefined;
  return moment && calendar.upperBound(moment);
}

/** Both bounds are inclusive. */
export interface Bounds {
  readonly from?: Instant;
  readonly to?: Instant;
}

export const boundsOf = (from: Given, to: Given, calendar: LedgerCalendar): Bounds => ({
  from: lowerBound(from, calendar),
  to: upperBound(to, calendar),
});

interface Names {
  readonly from: string;
  readonly to: string;
}

/** What is wrong with a range that ends before it begins: nothing could ever lie in it. `names` are those of its parts. */
export const reversedRange = ({ from = -Infinity, to = Infinity }: Bounds, names: Names): readonly Violation[] =>
  from <= to ? [] : [{ path: `/${names.to}`, message: `must not lie before ${names.from}` }];

/** The bounds that two arguments mean, whose texts are validated already. */
export function rangeOf(from: Given, to: Given, calendar: LedgerCalendar, names: Names): Result<Bounds> {
  const bounds = boundsOf(from, to, calendar);
  const violations = reversedRange(bounds, names);
  return violations.length > 0 ? refused({ kind: 'BAD_USER_INPUT', violations }) : ok(bounds);
}
