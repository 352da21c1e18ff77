/** First come, first served among the items of one owner. The owners take turns. */
export class FairQueue<Item> {
  private readonly waiting = new Map<string, Item[]>();

  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  push(owner: string, item: Item): void {
    const items = this.waiting.get(owner);
    if (items === undefined) this.waiting.set(owner, [item]);
    else items.push(item);
  }

  /** What `shift` would give. */
  peek(): Item | undefined {
    for (const [first] of this.waiting.values()) return first;
    return undefined;
  }

  shift(): Item | undefined {
    for (const [owner, items] of this.waiting) {
      const item = items.shift();
      // Behind the other owners.
      this.waiting.delete(owner);
      if (items.length > 0) this.waiting.set(owner, items);
      return item;
    }
    return undefined;
  }
}
