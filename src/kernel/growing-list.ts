/**
 * A keyed, append-only, persistent list: appending gives a new version, and old versions stay as they were. All versions share
 * one array. Appending to the newest version costs next to nothing; appending to an older one copies its items.
 */
export class GrowingList<Item> implements Iterable<Item> {
  private constructor(
    private readonly items: Item[],
    private readonly indexes: Map<string, number>,
    /** How many items of the shared array belong to this version. */
    readonly size: number,
  ) {}

  static empty<Item>(): GrowingList<Item> {
    return new GrowingList<Item>([], new Map(), 0);
  }

  with(key: string, item: Item): GrowingList<Item> {
    if (this.items.length > this.size) return this.copy().with(key, item);
    this.items.push(item);
    this.indexes.set(key, this.size);
    return new GrowingList(this.items, this.indexes, this.size + 1);
  }

  get(key: string): Item | undefined {
    const index = this.indexes.get(key);
    return index !== undefined && index < this.size ? this.items[index] : undefined;
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let index = 0; index < this.size; index++) yield this.items[index] as Item;
  }

  private copy(): GrowingList<Item> {
    const indexes = new Map([...this.indexes].filter(([, index]) => index < this.size));
    return new GrowingList(this.items.slice(0, this.size), indexes, this.size);
  }
}
