import { FairQueue } from './fair-queue';
import { Patience } from './patience';

/** Runs at most `free` tasks at the same time. The others wait, and their owners take turns. */
export class Slots {
  private readonly waiting = new FairQueue<() => void>();

  constructor(private free: number) {}

  /** `patience`: how long it waits for a slot. */
  async run<T>(owner: string, task: () => Promise<T>, patience?: Patience): Promise<T> {
    await this.take(owner, patience);
    try {
      return await task();
    } finally {
      this.giveBack();
    }
  }

  private async take(owner: string, patience: Patience | undefined): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    const turn = new Promise<void>((begin) => {
      this.waiting.push(owner, begin);
    });
    try {
      await (patience === undefined ? turn : patience.bound(turn));
    } catch (error) {
      void turn.then(() => {
        this.giveBack();
      });
      throw error;
    }
  }

  private giveBack(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}
