import { sorting } from '../../kernel/sorting';
import { Row } from './listing';
import { Ordering, Placed } from './ordering';

/** Work on many rows, which pauses at each `yield`. */

const ROWS_PER_STEP = 200;

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

export function* filtering<Summary>(
  placed: readonly Placed<Summary>[],
  isWanted: (row: Row<Summary>) => boolean,
): Generator<void, readonly Placed<Summary>[], void> {
  const found: Placed<Summary>[] = [];
  for (const [index, place] of placed.entries()) {
    if (isWanted(place.row)) found.push(place);
    if (index % ROWS_PER_STEP === ROWS_PER_STEP - 1) yield;
  }
  return found;
}
