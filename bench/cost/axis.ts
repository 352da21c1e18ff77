/** What one operation takes at one size. */
export interface Point {
  readonly operation: string;
  readonly size: number;
  /** CPU time of all threads. */
  readonly micros: number;
  /** Of memory or of a file, for each change, entity, version or reader. */
  readonly bytes?: number;
}

/** How the operations grow along one size. */
export interface Axis {
  /** What there is more and more of. */
  readonly of: string;
  readonly points: readonly Point[];
  /** The size from which on nothing was measured, because the time was up. */
  readonly leftOut?: number;
  /** What ends the growth next, computed from the points. */
  readonly nextLimit: string;
}

/** 1, 10, 100 … times `first`, up to `last`. */
export const decades = (first: number, last: number): readonly number[] => {
  const sizes: number[] = [];
  for (let size = first; size <= last; size *= 10) sizes.push(size);
  return sizes;
};

/** Measures one size after the other. The next one is begun only if it is likely to end in time: it grows as the one before has grown. */
export async function along(
  sizes: readonly number[],
  seconds: number,
  measure: (size: number) => Promise<readonly Point[]>,
): Promise<Pick<Axis, 'points' | 'leftOut'>> {
  const points: Point[] = [];
  const begun = performance.now();
  let [before, took] = [Infinity, 0];
  for (const size of sizes) {
    const left = seconds * 1_000 - (performance.now() - begun);
    if (took * Math.max(1, took / before) > left) return { points, leftOut: size };
    const start = performance.now();
    points.push(...(await measure(size)));
    before = took > 0 ? took : Infinity;
    took = performance.now() - start;
  }
  return { points };
}

/** The last point of an operation. */
export function lastOf(points: readonly Point[], operation: string): Point {
  const found = points.findLast((point) => point.operation === operation);
  if (found === undefined) throw new Error(`nothing was measured of ${operation}`);
  return found;
}
