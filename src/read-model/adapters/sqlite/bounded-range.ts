import { ByteRange, VersionRange } from '../../temporal-store';

export type SizedPosition = readonly [position: bigint, bytes: bigint];

/** How many rows are measured before an answer ends, however small they are. */
const MOST_ROWS = 1_000;

/** The part of a range that has about `maxBytes`: the rows are measured before they are read. */
export function boundedRange(
  range: ByteRange,
  measure: (range: VersionRange, limit: number) => readonly SizedPosition[],
): VersionRange {
  const { maxBytes, limit = MOST_ROWS } = range;
  if (maxBytes === undefined || limit <= 1) return range;
  const most = Math.min(limit, MOST_ROWS);
  const sizes = measure(range, most);
  let bytes = 0;
  const end = sizes.findIndex(([, size]) => (bytes += Number(size)) >= maxBytes);
  const last = end < 0 && sizes.length === most ? sizes.at(-1) : sizes[end];
  return last === undefined ? range : { ...range, upTo: last[0] };
}
