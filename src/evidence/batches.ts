/** Read at once while a long part of the log is read. The first batches are shorter: many readers want one event. */
const LARGEST_BATCH = 256;

export async function* inBatches<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[], void> {
  let size = 1;
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = Math.min(size * 2, LARGEST_BATCH);
  }
  if (batch.length > 0) yield batch;
}

/** An item, and what has to be done before anybody gets it. It has begun. */
export interface Begun<T> {
  readonly item: T | Promise<T>;
}

/** How many items are begun before they are used, so that a thread that hashes them always has work. */
const BEGUN = 4;

/** The items, in order, as each of them is ready. Later ones are begun meanwhile. */
export async function* inOrder<T>(items: AsyncGenerator<Begun<T>, void>): AsyncGenerator<T, void> {
  const steps: Promise<IteratorResult<Begun<T>, void>>[] = [];
  const begin = (): void => {
    const step = items.next();
    // Whoever uses the items may have enough of them.
    step.catch(() => undefined);
    steps.push(step);
  };
  while (steps.length < BEGUN) begin();
  for (;;) {
    const step = (await steps.shift()) as IteratorResult<Begun<T>, void>;
    if (step.done === true) return;
    begin();
    yield await step.value.item;
  }
}

/** An item that is awaited later. */
export function begun<T>(item: Promise<T>): Begun<T> {
  item.catch(() => undefined);
  return { item };
}
