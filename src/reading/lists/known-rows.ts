import { LRUCache } from 'lru-cache';
import { sorting } from '../../kernel/sorting';
import { longWork, Worker } from '../../kernel/turns';
import { compareCodes, Row } from './listing';
import { Ordering, Placed } from './ordering';
import { inOrder } from './in-order';

const ORDERS_KEPT = 4;

interface KnownOrder<Summary> {
  readonly ordering: Ordering<Summary>;
  readonly placed: readonly Placed<Summary>[];
}

/** The rows of a list, which hold from one position to another, both included. */
export class KnownRows<Summary> {
  /** About how much memory they take: a row in some orders about 500 bytes, and its name twice. */
  readonly bytes: number;
  private readonly orders = new LRUCache<string, KnownOrder<Summary>>({ max: ORDERS_KEPT });

  constructor(
    /** In code order. */
    readonly rows: readonly Row<Summary>[],
    /** The position of the change that made them so. */
    readonly from: bigint,
    private until: bigint,
  ) {
    this.bytes = rows.reduce((bytes, { name }) => bytes + 500 + 4 * name.length, 500);
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
    if (known !== undefined) return known.placed;
    const placed = await longWork.run(inOrder(this.rows, ordering), worker);
    this.orders.set(ordering.name, { ordering, placed });
    return placed;
  }

  /** The rows after a change, at `from`, in which the fresh rows were altered or added. The known orders are kept up. */
  async with(
    fresh: readonly Row<Summary>[],
    { from, upTo }: { readonly from: bigint; readonly upTo: bigint },
    worker?: Worker,
  ): Promise<KnownRows<Summary>> {
    const codes = new Set(fresh.map(({ code }) => code));
    const others = this.rows.filter(({ code }) => !codes.has(code));
    const rows = await longWork.run(sorting([...others, ...fresh], byCode), worker);
    const next = new KnownRows(rows, from, upTo);
    for (const [name, { ordering, placed }] of [...this.orders.entries()].reverse()) {
      const kept = placed.filter(({ code }) => !codes.has(code));
      const added = fresh.map((row) => ordering.placed(row));
      next.orders.set(name, {
        ordering,
        placed: await longWork.run(sorting([...kept, ...added], ordering.compare), worker),
      });
    }
    return next;
  }
}

const byCode = (a: Row<unknown>, b: Row<unknown>): number => compareCodes(a.code, b.code);
