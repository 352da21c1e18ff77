export interface ReaderLimits {
  readonly perNode: number;
  readonly perPrincipal: number;
}

/** How many readers there are on this node, and of whom. */
export class Readers {
  private readonly counts = new Map<string, number>();
  private all = 0;

  constructor(private readonly limits: ReaderLimits) {}

  /** Gives what to call when the reader leaves; undefined where there are as many as there may be. */
  enter(principal: string): (() => void) | undefined {
    const count = this.counts.get(principal) ?? 0;
    if (this.all >= this.limits.perNode || count >= this.limits.perPrincipal) return undefined;
    this.all++;
    this.counts.set(principal, count + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.all--;
      const rest = (this.counts.get(principal) ?? 1) - 1;
      if (rest === 0) this.counts.delete(principal);
      else this.counts.set(principal, rest);
    };
  }
}
