/**
 * A keyed, append-only, persistent list: appending gives a new version, and old versions stay as they were. All versions share
 * one array. Appending to the newest version costs next to nothing; appending to an older one begins a branch, and to an older one of a branch
 * copies its items. A version that is only tried out belongs on a branch.
 */
export class GrowingList<Item> implements Iterable<Item> {
  private constructor(
    private readonly shared: Shared<Item>,
    /** How many items of the shared array belong to this version. */
    readonly size: number,
  ) {}

  /** No two items may have one key. */
  static empty<Item>(keyOf: (item: Item) => string): GrowingList<Item> {
    return new GrowingList<Item>({ trunk: undefined, items: [], keyOf, indexes: new Map(), indexed: 0 }, 0);
  }

  with(item: Item): GrowingList<Item> {
    const { shared, size } = this;
    if (shared.items.length > this.own) return (shared.trunk === undefined ? this.branch() : this.copy()).with(item);
    shared.items.push(item);
    return new GrowingList(shared, size + 1);
  }

  /** The same items. What is appended to it is not in the way of what is appended to this version. */
  branch(): GrowingList<Item> {
    const { keyOf } = this.shared;
    return new GrowingList({ trunk: this, items: [], keyOf, indexes: new Map(), indexed: 0 }, this.size);
  }

  get(key: string): Item | undefined {
    const { shared } = this;
    const { trunk, items, keyOf, indexes } = shared;
    // Indexed when somebody asks: most lists are only read from their beginning to their end.
    for (; shared.indexed < items.length; shared.indexed++) {
      indexes.set(keyOf(items[shared.indexed] as Item), shared.indexed);
    }
    const index = indexes.get(key);
    return index !== undefined && index < this.own ? items[index] : trunk?.get(key);
  }

  /** The items that this version has beyond an earlier one; undefined if the other is no earlier version of this list. */
  since(earlier: GrowingList<Item>): readonly Item[] | undefined {
    if (earlier.shared !== this.shared || earlier.size > this.size) return undefined;
    return this.shared.items.slice(earlier.own, this.own);
  }

  /** The same for all versions that share one array. */
  get family(): object {
    return this.shared;
  }

  *[Symbol.iterator](): Iterator<Item> {
    const { trunk, items } = this.shared;
    if (trunk !== undefined) yield* trunk;
    for (let index = 0; index < this.own; index++) yield items[index] as Item;
  }

  /** How many of its items are in the shared array: the others are in the trunk. */
  private get own(): number {
    return this.size - (this.shared.trunk?.size ?? 0);
  }

  private copy(): GrowingList<Item> {
    const { trunk, items: all, keyOf } = this.shared;
    const own = all.slice(0, this.own);
    const items = trunk === undefined ? own : [...trunk, ...own];
    return new GrowingList({ trunk: undefined, items, keyOf, indexes: new Map(), indexed: 0 }, this.size);
  }
}

interface Shared<Item> {
  /** The version that the list is a branch of; undefined if it is none. */
  readonly trunk: GrowingList<Item> | undefined;
  readonly items: Item[];
  readonly keyOf: (item: Item) => string;
  readonly indexes: Map<string, number>;
  /** How many of the items are in `indexes`. */
  indexed: number;
}
