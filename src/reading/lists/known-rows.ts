import { LRUCache } from 'lru-cache';
import { sorting } from '../../kernel/sorting';
import { longWork, Worker } from '../../kernel/turns';
import { Row } from './listing';
import { Ordering, Placed } from './ordering';

const ORDERS_KEPT = 4;
const ROWS_PER_STEP = 200;

/** The rows of a list, which hold from one position to another, both included. */
export class KnownRows<Summary> {
  /** About how much memory they take: a row in some orders about 500 bytes, and its name. */
  readonly bytes: number;
  private readonly orders = new LRUCache<string, readonly Placed<Summary>[]>({ max: ORDERS_KEPT });

  constructor(
    /** In code order. */
    readonly rows: readonly Row<Summary>[],
    /** The position of the change that made them so. */
    readonly from: bigint,
    private until: bigint,
  ) {
    this.bytes = rows.reduce((bytes, { name }) => bytes + 500 + 2 * name.length, 500);
  }

  get upTo(): bigint {
    return this.until;
  }

  holdAt(position: bigint): boolean {
    return this.from <= position && position <= this.until;
  }

  /** No change up to there has altered them. */
  extendTo(position: bigint): void {
    if (position > this.until) this.until = position;
  }

  async inOrder(ordering: Ordering<Summary>, worker?: Worker): Promise<readonly Placed<Summary>[]> {
    const known = this.orders.get(ordering.name);
    if (known !== undefined) return known;
    const placed = await longWork.run(inOrder(this.rows, ordering), worker);
    this.orders.set(ordering.name, placed);
    return placed;
  }
}

/** The rows, which are in code order, in another order. */
export function* inOrder<Summary>(
  rows: readonly Row<Summary>[],
  ordering: Ordering<Summary>,
): Generator<void, readonly Placed<Summary>[], void> {
  const placed: Placed<Summary>[] = [];
  for (const row of rows) {
    placed.push(ordering.placed(row));
    if (placed.length % ROWS_PER_STEP === 0) yield;
  }
  return ordering.isByCode ? placed : yield* sorting(placed, ordering.compare);
}
