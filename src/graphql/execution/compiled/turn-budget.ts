import { setImmediate } from 'node:timers';

/** Limits how much of something happens within one turn of the event loop. */
export class TurnBudget {
  private spent = 0;

  constructor(private readonly most: number) {}

  /** Returns false and spends nothing if this turn has less left. */
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
