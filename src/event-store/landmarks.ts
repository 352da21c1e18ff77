interface Landmark {
  /** As the log says it. */
  readonly position: bigint;
  /** As the store says it. */
  readonly stored: bigint;
}

const EVERY = 256;

/** Where some of the imported events are in the store. A read that begins at one of them need not begin at the start. */
export class Landmarks {
  private readonly known: Landmark[] = [];
  private passed = 0;

  /** Call it with the events in their order. Those that were passed before count once. */
  pass(position: bigint, stored: bigint): void {
    const newest = this.known.at(-1);
    if (newest !== undefined && position <= newest.position) {
      this.passed = 0;
      return;
    }
    if (++this.passed % EVERY === 0) this.known.push({ position, stored });
  }

  /** The place in the store of the last one that is not behind `position`; undefined if there is none. */
  before(position: bigint): bigint | undefined {
    let from = 0;
    let to = this.known.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.known[middle] as Landmark).position <= position) from = middle + 1;
      else to = middle;
    }
    return this.known[from - 1]?.stored;
  }
}
