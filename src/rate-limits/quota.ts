import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Limits } from '../kernel/limits';
import { Windows } from './windows';

export type RateLimitName = Extract<keyof Limits, 'ratePoints' | 'ratePointsPerAddress'>;

export interface QuotaOptions {
  /** How it is called in headers. */
  readonly name: string;
  readonly limit: RateLimitName;
  /** What a caller may spend in a window, on all nodes together. */
  readonly points: number;
  readonly windows: Windows;
  /** How many nodes share the points. Undefined if this process does not settle with others. */
  readonly nodes?: () => number;
  /** How many callers are remembered. */
  readonly mostCallers?: number;
}

/** What a caller has left after a request. */
export interface Standing {
  readonly quota: Quota;
  readonly allowed: boolean;
  /** What this node may still let through. */
  readonly remaining: number;
  /** How long the window still lasts. */
  readonly resetMs: number;
  /** When it is worth trying again, if it was refused. */
  readonly retryMs: number;
}

/** What a caller has spent on this node in a window. */
export interface Count {
  readonly caller: string;
  readonly window: number;
  readonly spent: number;
}

interface Spending {
  window: number;
  spent: number;
  /** What of it was spent at the last settlement. */
  settled: number;
  /** What all nodes had let through at the last settlement. */
  total: number;
}

/**
 * A caller that is forgotten begins anew. So a flood of addresses can only make addresses forgotten, each of which had its points
 * anyway.
 */
const MOST_CALLERS = 50_000;
const NO_EXPIRY = 0;
/** rate-limiter-flexible counts whole numbers. */
const PER_POINT = 1_000;

const inWhole = (points: number): number => Math.round(points * PER_POINT);

/**
 * The points of each caller in the current window. rate-limiter-flexible counts and decides. Its count of a caller is the points
 * that this node may not let through: what it has let through, and what others have or may. Its own windows go by the clock of the
 * machine, so they are not used.
 */
export class Quota {
  readonly name: string;
  readonly limit: RateLimitName;
  readonly points: number;
  private readonly memory: RateLimiterMemory;
  private readonly callers: LRUCache<string, Spending>;
  private readonly unsettled = new Set<string>();

  constructor(private readonly options: QuotaOptions) {
    const { name, limit, points, mostCallers = MOST_CALLERS } = options;
    [this.name, this.limit, this.points] = [name, limit, points];
    this.memory = new RateLimiterMemory({ keyPrefix: '', points: inWhole(points), duration: NO_EXPIRY });
    this.callers = new LRUCache<string, Spending>({
      max: mostCallers,
      dispose: (_, caller) => {
        this.unsettled.delete(caller);
        void this.memory.delete(caller);
      },
    });
  }

  get windowSeconds(): number {
    return this.options.windows.seconds;
  }

  get size(): number {
    return this.callers.size;
  }

  /** Spends points of a caller, if it has them. */
  async take(caller: string, points: number): Promise<Standing> {
    const spending = this.spendingOf(caller);
    // Counted before anything else can run. What is refused is not spent.
    const consumed = this.memory.consume(caller, inWhole(points));
    this.count(caller, spending, points);
    try {
      return this.standing(true, (await consumed).remainingPoints / PER_POINT, spending);
    } catch (refused) {
      if (refused instanceof Error) throw refused;
      spending.spent -= points;
      return this.standing(false, 0, spending);
    }
  }

  /** Spends points of a caller, also those that it does not have: then its next request is refused. */
  charge(caller: string, points: number): void {
    const spending = this.spendingOf(caller);
    void this.memory.penalty(caller, inWhole(points));
    this.count(caller, spending, points);
  }

  /** Counts that the other nodes do not know yet, the oldest first. */
  unsettledCounts(most: number): readonly Count[] {
    const counts: Count[] = [];
    for (const caller of this.unsettled) {
      if (counts.length === most) break;
      this.unsettled.delete(caller);
      const spending = this.callers.peek(caller);
      if (spending !== undefined) counts.push({ caller, window: spending.window, spent: spending.spent });
    }
    return counts;
  }

  /** The store has lost what this node put there. */
  settleAnew(): void {
    const { current } = this.options.windows;
    for (const [caller, { window, spent }] of this.callers.entries())
      if (window === current && spent > 0) this.unsettled.add(caller);
  }

  /** The counts are to be settled again. */
  keepUnsettled(counts: readonly Count[]): void {
    for (const { caller } of counts) if (this.callers.peek(caller) !== undefined) this.unsettled.add(caller);
  }

  /**
   * Takes over what all nodes have let through. This node may let through its share of the rest until the next settlement, so all
   * nodes together cannot let through much more than the rest.
   */
  settle({ caller, window, spent }: Count, total: number): void {
    const spending = this.callers.peek(caller);
    if (spending?.window !== window) return;
    spending.settled = spent;
    spending.total = total;
    const share = this.shareOf(Math.max(0, this.points - total));
    void this.memory.set(caller, inWhole(this.points - share + (spending.spent - spent)), NO_EXPIRY);
  }

  private spendingOf(caller: string): Spending {
    const window = this.options.windows.current;
    const known = this.callers.get(caller);
    if (known?.window === window) return known;
    const spending = { window, spent: 0, settled: 0, total: 0 };
    void this.memory.set(caller, inWhole(this.points - this.shareOf(this.points)), NO_EXPIRY);
    if (known === undefined) this.callers.set(caller, spending);
    return known === undefined ? spending : Object.assign(known, spending);
  }

  private shareOf(points: number): number {
    return Math.ceil(points / Math.max(1, this.options.nodes?.() ?? 1));
  }

  private count(caller: string, spending: Spending, points: number): void {
    spending.spent += points;
    if (this.options.nodes !== undefined) this.unsettled.add(caller);
  }

  private standing(allowed: boolean, remaining: number, { total, spent, settled }: Spending): Standing {
    // The share of this node is used up, but the next settlement may give it another.
    const hasMore = total + spent - settled < this.points;
    const { restMs: resetMs } = this.options.windows;
    return { quota: this, allowed, remaining, resetMs, retryMs: hasMore ? Math.min(1_000, resetMs) : resetMs };
  }
}
