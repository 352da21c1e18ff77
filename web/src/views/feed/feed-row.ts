import { FeedChangeFragment } from '../../generated/documents';
import { isYuan } from '../../language/money';

/** What the list keeps of a change: its data may be long. */
export interface FeedRow extends Omit<FeedChangeFragment, 'data'> {
  /** Yuan; undefined if the change is not about one amount. */
  readonly amount: string | undefined;
  readonly line: string | undefined;
}

export function rowOf({ data, ...change }: FeedChangeFragment): FeedRow {
  const amount = textIn(data, 'amount');
  return { ...change, amount: amount !== undefined && isYuan(amount) ? amount : undefined, line: textIn(data, 'line') };
}

function textIn(data: unknown, name: string): string | undefined {
  const value =
    typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

const DAY_MS = 86_400_000;
/** Facts that are recorded later than this after they took effect are marked. */
const LATE_DAYS = 30;

/** How many whole days after its effective date a fact was recorded; undefined if it was not late. */
export function daysLate({ recordedAt, effectiveAt }: Pick<FeedRow, 'recordedAt' | 'effectiveAt'>): number | undefined {
  const days = Math.floor((Date.parse(recordedAt) - Date.parse(effectiveAt)) / DAY_MS);
  return days > LATE_DAYS ? days : undefined;
}
