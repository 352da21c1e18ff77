/**
 * Which window of time it is. Windows begin at multiples of their length on a clock that all nodes share. The clock of this machine
 * is asked only once, and then only how much time has passed: so a step of that clock changes nothing.
 */
export class Windows {
  private readonly lengthMs: number;
  /** What the shared clock is ahead of `elapsed`. */
  private offset: number;
  private newest = -Infinity;

  constructor(
    readonly seconds: number,
    private readonly elapsed: () => number = () => performance.now(),
    start: number = Date.now(),
  ) {
    this.lengthMs = seconds * 1_000;
    this.offset = start - elapsed();
  }

  /** Goes by the shared clock, which said `now` between two moments of `elapsed`. */
  adopt(now: number, asked: number, answered: number): void {
    this.offset = now - (asked + answered) / 2;
  }

  get current(): number {
    const current = Math.floor(this.now / this.lengthMs);
    // The offset is a little different at each answer. A window that has begun does not end because of that.
    if (current !== this.newest - 1) this.newest = current;
    return this.newest;
  }

  /** How long the current window still lasts. */
  get restMs(): number {
    return Math.max(0, Math.min((this.current + 1) * this.lengthMs - this.now, 2 * this.lengthMs));
  }

  private get now(): number {
    return this.elapsed() + this.offset;
  }
}
