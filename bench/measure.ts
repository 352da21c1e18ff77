/** One figure of the report, and the bound that it is held to. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly bound?: { readonly atLeast: number } | { readonly atMost: number };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
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

export const meets = ({ value, bound }: Figure): boolean =>
  bound === undefined || ('atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost);
