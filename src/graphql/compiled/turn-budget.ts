import { setImmediate } from 'node:timers';

/** Allows so much of something within one turn of the event loop. */
export class TurnBudget {
  private spent = 0;

  constructor(private readonly most: number) {}

  /** false if that is more than this turn has left: then nothing is spent. */
  spend(amount: number): boolean {
    if (this.spent + amount > this.most) return false;
    if (this.spent === 0) {
      setImmediate(() => {
        this.spent = 0;
      });
    }
    this.spent += amount;
    return true;
  }
}
