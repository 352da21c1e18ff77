import { Bell } from '../../../kernel/async';
import { Outage } from '../../../kernel/outage';
import { translating } from './driver-errors';

/** Several calls of the client wait without a limit. These are the limits that we set. */
export interface CallLimits {
  readonly timeoutMs: number;
  /** Aborts when the store closes. */
  readonly closing: AbortSignal;
}

export async function within<T>({ timeoutMs, closing }: CallLimits, what: string, work: () => Promise<T>): Promise<T> {
  requireOpen(closing);
  let giveUp: (error: Outage) => void = () => undefined;
  const limit = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const timer = setTimeout(() => {
    giveUp(new Outage(`Event store: no answer to ${what} within ${timeoutMs} ms`));
  }, timeoutMs);
  const close = (): void => {
    giveUp(closed());
  };
  closing.addEventListener('abort', close);
  try {
    return await Promise.race([translating(work()), limit]);
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', close);
  }
}

export const pause = (timeoutMs: number, signal: AbortSignal): Promise<void> => new Bell().wait({ timeoutMs, signal });

export function requireOpen(closing: AbortSignal): void {
  if (closing.aborted) throw closed();
}

const closed = (): Outage => new Outage('Event store: it is closed');
