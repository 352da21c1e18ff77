import { readYuan } from '../../language/money';

/** A step from the opening budget to the revised one. Amounts are exact, in yuan. */
export interface BridgeStep {
  readonly amount: string;
  readonly revisedAfter: string;
}

/** Whether the opening budget and the steps come to what the API says, to the fen. */
export interface BridgeSum {
  readonly opening: bigint;
  readonly steps: bigint;
  /** The budget after the last of the steps, as the API says it. */
  readonly after: bigint;
  readonly addsUp: boolean;
}

/** Which page of a bridge its steps are. */
export interface BridgePlace {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Adds up the steps to the last one of the page. `addsUp` also needs that every step leads to the amount that the API gives after it. */
export function bridgeSum(
  opening: string,
  steps: readonly BridgeStep[],
  revised: string,
  { isFirst, isLast }: BridgePlace,
): BridgeSum {
  const first = readYuan(opening);
  let reached = isFirst ? first : beforeStep(steps[0]);
  let isEachRight = true;
  for (const { amount, revisedAfter } of steps) {
    reached += readYuan(amount);
    isEachRight &&= reached === readYuan(revisedAfter);
  }
  const after = readYuan(isLast ? revised : (steps.at(-1)?.revisedAfter ?? revised));
  return { opening: first, steps: reached - first, after, addsUp: isEachRight && reached === after };
}

/** The budget before a step, in fen. */
export const beforeStep = (step: BridgeStep | undefined): bigint =>
  step === undefined ? 0n : readYuan(step.revisedAfter) - readYuan(step.amount);

/** One column between the totals: a step, or several of the last ones together. */
export interface BridgeBar {
  /** The number of the step in the table, from 1; undefined if it is several. */
  readonly number?: number;
  /** How many steps it is; undefined: more than are given. */
  readonly count?: number;
  readonly amount: bigint;
}

/** More columns could not be read. */
const MOST_BARS = 12;

/** The steps that change the total. If there are many, or more than are given, what the last ones come to is one bar. */
export function bridgeBars(
  steps: readonly Pick<BridgeStep, 'amount'>[],
  adjustment: string,
  isWhole: boolean,
): readonly BridgeBar[] {
  const bars = steps
    .map(({ amount }, index): BridgeBar => ({ number: index + 1, count: 1, amount: readYuan(amount) }))
    .filter(({ amount }) => amount !== 0n);
  if (isWhole && bars.length <= MOST_BARS) return bars;
  const kept = bars.slice(0, MOST_BARS - 1);
  const amount = kept.reduce((rest, bar) => rest - bar.amount, readYuan(adjustment));
  return [...kept, { amount, ...(isWhole && { count: bars.length - kept.length }) }];
}
