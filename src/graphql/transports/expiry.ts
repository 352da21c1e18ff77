import { decodeJwt } from 'jose';

/** Timers take no more. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Acts when a token that was verified expires: what goes on must not outlive the right to it. Gives what to call where it is
 * over before.
 */
export function atExpiry(authorization: string | undefined, act: () => void): () => void {
  const { exp } = decodeJwt(authorization?.split(' ').at(-1) ?? '');
  if (exp === undefined) return () => undefined;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = exp * 1000 - Date.now();
    if (left <= 0) act();
    else timer = setTimeout(wait, Math.min(left, LONGEST_MS));
  };
  timer = setTimeout(wait, 0);
  return () => {
    clearTimeout(timer);
  };
}
