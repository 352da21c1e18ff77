import { existsSync, readFileSync } from 'node:fs';
import { cpuMs } from '../src/kernel/turns';

/** One figure of the report, and the bound that it must meet. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly bound?: { readonly atLeast: number } | { readonly atMost: number };
}

/** The result of a section. A text is a remark: what the figures mean, or why there are none. */
export type Report = readonly (Figure | string)[];

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The value that this percentage of all values does not exceed. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
};

/** Runs the cases in turns, so that noise affects all of them alike. Returns the median of each, in microseconds per call. */
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
      // The first rounds are a warm-up.
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), micros]);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

/** The CPU time of a call in milliseconds, garbage collection included. Other processes change it less than the time that passes. */
export async function cpuMsOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The longest turn of the event loop during a call, in milliseconds of the main thread's CPU time: other processes do not count. */
export async function longestTurnOf(run: () => Promise<unknown>): Promise<number> {
  let [longest, last, isOver] = [0, mainThreadMs(), false];
  const look = (): void => {
    const now = mainThreadMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await run();
  isOver = true;
  return longest;
}

/** Linux counts the nanoseconds of each thread whenever it stops running. Elsewhere the threads of the garbage collector count too. */
const THREAD_TIMES = `/proc/self/task/${process.pid}/schedstat`;
const nothing = new Int32Array(new SharedArrayBuffer(4));

function mainThreadMs(): number {
  if (!existsSync(THREAD_TIMES)) return cpuMs();
  Atomics.wait(nothing, 0, 0, 0.01);
  return Number(readFileSync(THREAD_TIMES, 'utf8').split(' ')[0]) / 1e6;
}

export const ratio = (what: string, a: number, b: number, bound: Figure['bound']): Figure => ({
  what,
  value: a / b,
  unit: 'x',
  bound,
});

/** Ratios are taken within a round, because a machine's speed changes more from round to round than between two cases. */
export const medianRatio = <Name extends string>(
  what: string,
  rounds: readonly Readonly<Record<Name, number>>[],
  [a, b]: readonly [Name, Name],
  bound?: Figure['bound'],
): Figure => ({ what, value: median(rounds.map((round) => round[a] / round[b])), unit: 'x', bound });

export const meets = ({ value, bound }: Figure): boolean =>
  bound === undefined || ('atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost);
