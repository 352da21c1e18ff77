import { LimitName } from '../kernel/limits';

export interface ReaderLimits {
  readonly perNode: number;
  readonly perPrincipal: number;
}

export type ReachedLimit = Extract<LimitName, 'maxFeedReaders' | 'maxFeedReadersPerPrincipal'>;

/** Limits how many subscriptions and exports run on this node, in total and per principal. */
export class ReaderQuota {
  private readonly counts = new Map<string, number>();
  private all = 0;

  constructor(private readonly limits: ReaderLimits) {}

  get readers(): number {
    return this.all;
  }

  /** Returns a release function, or the name of the limit that is reached. */
  acquire(principal: string): (() => void) | ReachedLimit {
    const count = this.counts.get(principal) ?? 0;
    if (count >= this.limits.perPrincipal) return 'maxFeedReadersPerPrincipal';
    if (this.all >= this.limits.perNode) return 'maxFeedReaders';
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
