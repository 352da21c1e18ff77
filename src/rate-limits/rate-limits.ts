import { createHash } from 'node:crypto';
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
    if (this.settlement === undefined) return;
    await this.settlement.settle([]);
    this.settling = this.settlement.run([this.perPrincipal, this.perAddress], this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.settling;
  }
}

const LONGEST_NAME = 64;

/** The name under which a principal's points are counted. */
export const rateKeyOf = ({ sub }: { readonly sub: string }): string =>
  sub.length <= LONGEST_NAME ? sub : createHash('sha256').update(sub).digest('base64url');
