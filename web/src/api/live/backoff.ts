const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next try. Half of it is random, so that many readers do not come back at the same instant. */
export function pauseBefore(tries: number, random: () => number = Math.random): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
  return most / 2 + (most / 2) * random();
}
