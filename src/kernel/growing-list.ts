/**
 * A keyed list that only grows, and every state of it stays as it was. The states share one array: adding to the newest
 * costs next to nothing, adding to an older one copies what that one has.
 */
export class GrowingList<Item> implements Iterable<Item> {
  private constructor(
    private readonly items: Item[],
    private readonly places: Map<string, number>,
    /** How many of the shared items are this state's. */
    readonly size: number,
  ) {}

  static empty<Item>(): GrowingList<Item> {
    return new GrowingList<Item>([], new Map(), 0);
  }

  with(key: string, item: Item): GrowingList<Item> {
    if (this.items.length > this.size) return this.copy().with(key, item);
    this.items.push(item);
    this.places.set(key, this.size);
    return new GrowingList(this.items, this.places, this.size + 1);
  }

  get(key: string): Item | undefined {
    const place = this.places.get(key);
    return place !== undefined && place < this.size ? this.items[place] : undefined;
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let index = 0; index < this.size; index++) yield this.items[index] as Item;
  }

  private copy(): GrowingList<Item> {
    const places = new Map([...this.places].filter(([, place]) => place < this.size));
    return new GrowingList(this.items.slice(0, this.size), places, this.size);
  }
}
