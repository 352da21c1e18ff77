import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Quota } from './quota';
import { Settlement, SettlementStore } from './settlement';
import { Windows } from './windows';

export interface RateLimitOptions {
  /** Points of a principal in a window. */
  readonly points: number;
  /** Points of an address in a window. */
  readonly pointsPerAddress: number;
  readonly windowSeconds: number;
  /** Where the nodes settle; undefined: this process counts for itself. */
  readonly store?: SettlementStore;
}

/** What a caller may spend, by its address and by its principal. */
export class RateLimits {
  readonly perAddress: Quota;
  readonly perPrincipal: Quota;
  private readonly settlement: Settlement | undefined;
  private readonly stopping = new AbortController();
  private settling: Promise<void> | undefined;

  constructor({ points, pointsPerAddress, windowSeconds, store }: RateLimitOptions) {
    const windows = new Windows(windowSeconds);
    this.settlement = store && new Settlement({ store, windows });
    const shared = { windows, nodes: this.settlement?.nodes };
    this.perPrincipal = new Quota({ ...shared, name: 'principal', limit: 'ratePoints', points });
    this.perAddress = new Quota({
      ...shared,
      name: 'address',
      limit: 'ratePointsPerAddress',
      points: pointsPerAddress,
    });
  }

  /** Begins to settle. Resolves when this node knows how many others there are, or cannot learn it now. */
  async start(): Promise<void> {
    const { settlement } = this;
    if (settlement === undefined) return;
    const first = settlement.settle([]);
    this.settling = first.then(() => settlement.run([this.perPrincipal, this.perAddress], this.stopping.signal));
    await Promise.race([first, pause(START_MS, undefined, { ref: false })]);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.settling;
  }
}

/** How long a start waits for the other nodes. */
const START_MS = 1_000;
const LONGEST_NAME = 64;

/** The name under which a principal's points are counted. */
export const rateKeyOf = ({ sub }: { readonly sub: string }): string =>
  sub.length <= LONGEST_NAME ? sub : createHash('sha256').update(sub).digest('base64url');
