const ITEMS_PER_STEP = 200;

/** The wanted ones of many items. Pauses at each `yield`, so that a long list is filtered in several turns of the event loop. */
export function* filtering<Item>(
  items: readonly Item[],
  isWanted: (item: Item) => boolean,
): Generator<void, readonly Item[], void> {
  const found: Item[] = [];
  for (const [index, item] of items.entries()) {
    if (isWanted(item)) found.push(item);
    if (index % ITEMS_PER_STEP === ITEMS_PER_STEP - 1) yield;
  }
  return found;
}
