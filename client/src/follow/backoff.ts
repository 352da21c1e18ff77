const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next try, in milliseconds. Half of it is random, so that many readers do not come back at one instant. */
export function pauseBefore(tries: number, random: () => number = Math.random): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
  return most / 2 + (most / 2) * random();
}

/** Waits, or until the signal. */
export function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
