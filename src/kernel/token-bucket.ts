/** Lets through `perSecond` on average, and at most `burst` at once. */
export class TokenBucket {
  private tokens: number;
  private last: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.tokens = burst;
    this.last = elapsed();
  }

  /** Takes one, if there is one. */
  take(): boolean {
    const now = this.elapsed();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.last) / 1_000) * this.perSecond);
    this.last = now;
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
