import { sorting } from '../../kernel/sorting';
import { Row } from './listing';
import { Ordering, Placed } from './ordering';

const ROWS_PER_STEP = 200;

/** The rows, which are in code order, in another order. Pauses at each `yield`. */
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
