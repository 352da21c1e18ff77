import { readYuan } from '../../language/money';

/** A step from the opening budget to the revised one. Amounts are exact, in yuan. */
export interface BridgeStep {
  readonly amount: string;
  readonly revisedAfter: string;
}

/** Whether the opening budget and the steps come to the revised budget, to the fen. */
export interface BridgeSum {
  readonly opening: bigint;
  readonly steps: bigint;
  readonly revised: bigint;
  readonly addsUp: boolean;
}

/** Adds up the steps. `addsUp` also needs that every step leads to the amount that the API gives after it. */
export function bridgeSum(opening: string, steps: readonly BridgeStep[], revised: string): BridgeSum {
  const first = readYuan(opening);
  let reached = first;
  let isEachRight = true;
  for (const { amount, revisedAfter } of steps) {
    reached += readYuan(amount);
    isEachRight &&= reached === readYuan(revisedAfter);
  }
  const last = readYuan(revised);
  return { opening: first, steps: reached - first, revised: last, addsUp: isEachRight && reached === last };
}

/** One column between the totals: a step, or several of the last ones together. */
export interface BridgeBar {
  /** The number of the step in the table, from 1; undefined if it is several. */
  readonly number?: number;
  /** How many steps it is. */
  readonly count: number;
  readonly amount: bigint;
}

/** More columns could not be read. */
const MOST_BARS = 12;

/** The steps that change the total. If there are many, the last ones are one bar. */
export function bridgeBars(steps: readonly Pick<BridgeStep, 'amount'>[]): readonly BridgeBar[] {
  const bars = steps
    .map(({ amount }, index): BridgeBar => ({ number: index + 1, count: 1, amount: readYuan(amount) }))
    .filter(({ amount }) => amount !== 0n);
  if (bars.length <= MOST_BARS) return bars;
  const kept = bars.slice(0, MOST_BARS - 1);
  const others = bars.slice(kept.length);
  const amount = others.reduce((sum, bar) => sum + bar.amount, 0n);
  return [...kept, { count: others.length, amount }];
}
