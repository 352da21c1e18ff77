import { Instant } from '../kernel/time';

/** Timers take no more. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Acts when a token expires: a subscription must not outlive the right to it. Returns a function that stops the wait, for a
 * subscription that ends before.
 */
export function atExpiry(expiresAt: Instant, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = expiresAt - Date.now();
    if (left <= 0) act();
    else timer = setTimeout(wait, Math.min(left, LONGEST_MS));
  };
  timer = setTimeout(wait, 0);
  return () => {
    clearTimeout(timer);
  };
}
