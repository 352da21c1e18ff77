/**
 * A keyed, append-only, persistent list: appending gives a new version, and old versions stay as they were. All versions share
 * one array. Appending to the newest version costs next to nothing; appending to an older one copies its items.
 */
export class GrowingList<Item> implements Iterable<Item> {
  private constructor(
    private readonly shared: Shared<Item>,
    /** How many items of the shared array belong to this version. */
    readonly size: number,
  ) {}

  /** No two items may have one key. */
  static empty<Item>(keyOf: (item: Item) => string): GrowingList<Item> {
    return new GrowingList<Item>({ items: [], keyOf, indexes: new Map(), indexed: 0 }, 0);
  }

  with(item: Item): GrowingList<Item> {
    const { shared, size } = this;
    if (shared.items.length > size) return this.copy().with(item);
    shared.items.push(item);
    return new GrowingList(shared, size + 1);
  }

  get(key: string): Item | undefined {
    const { shared, size } = this;
    const { items, keyOf, indexes } = shared;
    // Indexed when somebody asks: most lists are only read from their beginning to their end.
    for (; shared.indexed < items.length; shared.indexed++) {
      indexes.set(keyOf(items[shared.indexed] as Item), shared.indexed);
    }
    const index = indexes.get(key);
    return index !== undefined && index < size ? items[index] : undefined;
  }

  /** The items that this version has beyond an earlier one; undefined if the other is no earlier version of this list. */
  since(earlier: GrowingList<Item>): readonly Item[] | undefined {
    if (earlier.shared !== this.shared || earlier.size > this.size) return undefined;
    return this.shared.items.slice(earlier.size, this.size);
  }

  /** The same for all versions that share one array. */
  get family(): object {
    return this.shared;
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let index = 0; index < this.size; index++) yield this.shared.items[index] as Item;
  }

  private copy(): GrowingList<Item> {
    const { items, keyOf } = this.shared;
    return new GrowingList({ items: items.slice(0, this.size), keyOf, indexes: new Map(), indexed: 0 }, this.size);
  }
}

interface Shared<Item> {
  readonly items: Item[];
  readonly keyOf: (item: Item) => string;
  readonly indexes: Map<string, number>;
  /** How many of the items are in `indexes`. */
  indexed: number;
}
