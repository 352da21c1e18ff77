import { setTimeout as pause } from 'node:timers/promises';
import { Outage } from '../kernel/outage';
import { Count, Quota } from './quota';
import { Windows } from './windows';

/** How often the nodes settle. */
export const SETTLE_MS = 250;
/** How many counts one settlement has, so that it does not hold up others. The rest waits for the next one. */
const MOST_COUNTS = 2_000;

export interface NamedCount extends Count {
  readonly quota: string;
}

export interface Settled {
  /** The time of the store: the clock that all nodes share. */
  readonly now: number;
  /** How many nodes settle, with this one. */
  readonly nodes: number;
  /** Whether the store did not know this node: it is new, was away too long, or the store has lost its data. */
  readonly isNew: boolean;
  /** For each count, what all nodes have let through. */
  readonly totals: readonly number[];
}

/** Where nodes learn what the others let through. */
export interface SettlementStore {
  /**
   * Puts the counts in place of what this node has put there before, so that it may be repeated. Throws `Outage` if it is not
   * certain that it was done.
   */
  settle(counts: readonly NamedCount[], windowSeconds: number): Promise<Settled>;
}

export interface SettlementOptions {
  readonly store: SettlementStore;
  readonly windows: Windows;
  readonly elapsed?: () => number;
}

/** Settles what callers have spent on this node with the other nodes, in one step for all callers. */
export class Settlement {
  private known = 1;
  private readonly elapsed: () => number;

  constructor(private readonly options: SettlementOptions) {
    this.elapsed = options.elapsed ?? (() => performance.now());
  }

  /** How many nodes there are, as of the last settlement. */
  readonly nodes = (): number => this.known;

  /**
   * Until the signal aborts, and once more then if the store answers. While the store is away, the nodes keep their shares, and begin new windows with
   * shares of the same size.
   */
  async run(quotas: readonly Quota[], signal: AbortSignal): Promise<void> {
    let isAnswered = true;
    while (!signal.aborted) {
      isAnswered = await this.settle(quotas);
      await pause(SETTLE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
    if (isAnswered) await this.settle(quotas);
  }

  /** Returns whether the store answered. */
  async settle(quotas: readonly Quota[]): Promise<boolean> {
    const { store, windows } = this.options;
    const batches = quotas.map((quota) => ({ quota, counts: quota.unsettledCounts(MOST_COUNTS) }));
    const counts = batches.flatMap(({ quota, counts: of }) => of.map((count) => ({ ...count, quota: quota.name })));
    const asked = this.elapsed();
    try {
      const { now, nodes, isNew, totals } = await store.settle(counts, windows.seconds);
      windows.adopt(now, asked, this.elapsed());
      this.known = nodes;
      if (isNew) for (const quota of quotas) quota.settleAnew();
      let index = 0;
      for (const { quota, counts: of } of batches) for (const count of of) quota.settle(count, totals[index++] ?? 0);
      return true;
    } catch (error) {
      for (const { quota, counts: of } of batches) quota.keepUnsettled(of);
      if (error instanceof Outage) return false;
      throw error;
    }
  }
}
