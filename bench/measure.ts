/** One figure of the report, and the bound that it is held to. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly bound?: { readonly atLeast: number } | { readonly atMost: number };
}

/** What a section says. A text is a remark: what the figures stand for, or why there are none. */
export type Report = readonly (Figure | string)[];

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The value that so many of a hundred are at or below. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
};

/** Runs the cases in turns, so that all of them meet the same noise; gives the median of each, in microseconds a call. */
export async function inTurns<Name extends string>(
  cases: Readonly<Record<Name, () => Promise<unknown>>>,
  { rounds, calls }: { readonly rounds: number; readonly calls: number },
): Promise<Record<Name, number>> {
  const times = new Map<string, number[]>();
  const entries = Object.entries<() => Promise<unknown>>(cases);
  for (let round = -2; round < rounds; round++) {
    for (const [name, run] of entries) {
      const start = performance.now();
      for (let call = 0; call < calls; call++) await run();
      const micros = ((performance.now() - start) * 1000) / calls;
      // The first rounds warm up.
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), micros]);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

export const ratio = (what: string, a: number, b: number, bound: Figure['bound']): Figure => ({
  what,
  value: a / b,
  unit: 'x',
  bound,
});

/** Ratios are taken within a round: machines drift, and from round to round more than between two cases. */
export const medianRatio = <Name extends string>(
  what: string,
  rounds: readonly Readonly<Record<Name, number>>[],
  [a, b]: readonly [Name, Name],
  bound?: Figure['bound'],
): Figure => ({ what, value: median(rounds.map((round) => round[a] / round[b])), unit: 'x', bound });

export const meets = ({ value, bound }: Figure): boolean =>
  bound === undefined || ('atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost);
