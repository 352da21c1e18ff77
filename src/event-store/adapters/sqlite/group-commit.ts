import { AppendResult } from '../../event-store';
import { Append, Outcome } from './event-table';

/** Limits how long one transaction blocks the event loop. An append of more events has a transaction of its own. */
const EVENTS_PER_TRANSACTION = 512;

interface WaitingAppend extends Append {
  settle(outcome: Outcome): void;
}

/**
 * Appends that arrive in one turn of the event loop share one transaction, and so one sync to disk. Until then an append is not
 * recorded and has no time.
 */
export class GroupCommit {
  private waiting: WaitingAppend[] = [];

  /** `commit` returns an outcome for each append. If it throws, none of them was recorded. */
  constructor(private readonly commit: (appends: readonly Append[]) => readonly Outcome[]) {}

  add(append: Append): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome): void => {
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      this.waiting.push({ ...append, settle });
      if (this.waiting.length === 1) this.commitNextTurn();
    });
  }

  /** Commits all waiting appends now. */
  drain(): void {
    while (this.waiting.length > 0) this.commitSome();
  }

  private countOfNext(): number {
    let events = 0;
    const end = this.waiting.findIndex((append) => (events += append.events.length) > EVENTS_PER_TRANSACTION);
    return end < 0 ? this.waiting.length : Math.max(end, 1);
  }

  private commitNextTurn(): void {
    setImmediate(() => {
      this.commitSome();
      if (this.waiting.length > 0) this.commitNextTurn();
    });
  }

  private commitSome(): void {
    const count = this.countOfNext();
    const appends = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    if (appends.length === 0) return;
    try {
      const outcomes = this.commit(appends);
      outcomes.forEach((outcome, index) => appends[index]?.settle(outcome));
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      for (const append of appends) append.settle(failure);
    }
  }
}
