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

/** The same items. While one is used, the next one is made. */
export async function* oneAhead<T>(items: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = items.next();
  for (;;) {
    const step = await next;
    if (step.done === true) return;
    next = items.next();
    // Whoever uses the item may have enough of them.
    next.catch(() => undefined);
    yield step.value;
  }
}
