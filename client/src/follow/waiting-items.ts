/** Items that have come and were not taken yet, at most `most` of them, and how it ends. */
export class WaitingItems<Item> {
  private items: Item[] = [];
  private end: Ended | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly most: number) {}

  /** False: there is no room, and nothing was added. */
  add(item: Item): boolean {
    if (this.end !== undefined || this.items.length >= this.most) return false;
    this.items.push(item);
    this.wake?.();
    return true;
  }

  /** What was added before can still be taken. Only the first reason counts. */
  finish(end: Ended): void {
    this.end ??= end;
    this.wake?.();
  }

  /** Everything that waits, at least one item; the reason if there is nothing more to come. */
  async take(): Promise<readonly Item[] | Ended> {
    while (this.items.length === 0) {
      if (this.end !== undefined) return this.end;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const taken = this.items;
    this.items = [];
    return taken;
  }
}

/** Why a connection has ended. */
export type Ended =
  /** More came than the reader took: what is missing is on record, and pages of it can be asked for. */
  { readonly kind: 'OVERTAKEN' } | { readonly kind: 'FAILED'; readonly error: Error };
