const RUN = 500;

type Compare<Item> = (a: Item, b: Item) => number;
type Sorting<Item> = Generator<void, readonly Item[], void>;

/** A stable sort that pauses at each `yield`, so that a long list is sorted in several turns of the event loop. */
export function* sorting<Item>(items: readonly Item[], compare: Compare<Item>): Sorting<Item> {
  let runs: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: (readonly Item[])[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      longer.push(yield* merging(runs[index] ?? [], runs[index + 1] ?? [], compare));
    }
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merging<Item>(left: readonly Item[], right: readonly Item[], compare: Compare<Item>): Sorting<Item> {
  const [lastOfLeft, firstOfRight] = [left.at(-1), right[0]];
  if (lastOfLeft === undefined || firstOfRight === undefined || compare(lastOfLeft, firstOfRight) <= 0) {
    return left.concat(right);
  }
  const merged: Item[] = [];
  let [fromLeft, fromRight] = [0, 0];
  while (fromLeft < left.length && fromRight < right.length) {
    const [a, b] = [left[fromLeft] as Item, right[fromRight] as Item];
    if (compare(a, b) <= 0) {
      merged.push(a);
      fromLeft++;
    } else {
      merged.push(b);
      fromRight++;
    }
    if (merged.length % RUN === 0) yield;
  }
  return merged.concat(left.slice(fromLeft), right.slice(fromRight));
}
