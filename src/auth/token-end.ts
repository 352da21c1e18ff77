import { atExpiry } from './expiry';
import { VerifiedToken } from './verified-token';

export type TokenEnd = 'expired' | 'revoked';

/**
 * Acts when a token ends: a subscription must not outlive the right to it. Returns a function that ends the wait, for a
 * subscription that ends before.
 */
export function whenTokenEnds(
  { expiresAt, onRevoked }: Pick<VerifiedToken, 'expiresAt' | 'onRevoked'>,
  act: (end: TokenEnd) => void,
): () => void {
  const stopWaiting = [
    atExpiry(expiresAt, () => {
      end('expired');
    }),
    onRevoked?.(() => {
      end('revoked');
    }),
  ];
  const stop = (): void => {
    for (const stopOne of stopWaiting) stopOne?.();
  };
  const end = (reason: TokenEnd): void => {
    stop();
    act(reason);
  };
  return stop;
}
