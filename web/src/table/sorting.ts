/** By which column rows are sorted. */
export interface Order {
  readonly column: string;
  readonly isDescending: boolean;
}

/** What a column sorts by: exact integers, or texts; null is last in either direction. */
export type SortKey = bigint | string | null;

export function sorted<Row>(rows: readonly Row[], keyOf: (row: Row) => SortKey, isDescending: boolean): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  return keyed.sort((left, right) => compare(left.key, right.key, isDescending)).map(({ row }) => row);
}

function compare(left: SortKey, right: SortKey, isDescending: boolean): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const order =
    typeof left === 'bigint' || typeof right === 'bigint' ? sign(left, right) : left.localeCompare(right, 'zh');
  return isDescending ? -order : order;
}

const sign = (left: bigint | string, right: bigint | string): number => (left < right ? -1 : left > right ? 1 : 0);

const DECIMAL = /^(-?)(\d+)(?:\.(\d{0,10}))?$/;
const PLACES = 10;

/** An exact decimal number, such as an amount or a rate, as something to sort by. */
export function decimalKey(decimal: string | null): SortKey {
  const match = decimal === null ? null : DECIMAL.exec(decimal);
  if (match === null) return null;
  const [, sign = '', integer = '', fraction = ''] = match;
  return BigInt(`${sign}${integer}${fraction.padEnd(PLACES, '0')}`);
}

/** A click on a column sorts by it, descending first; a click on the same column turns the order round. */
export const clickedOrder = (order: Order, column: string): Order =>
  order.column === column ? { column, isDescending: !order.isDescending } : { column, isDescending: true };
