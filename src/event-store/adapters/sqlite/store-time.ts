import { Outage } from '../../../kernel/outage';
import { Clock, formatInstant, Instant } from '../../../kernel/time';

const ALLOWED_AHEAD_MS = 5 * 60 * 1000;

/** The time of new events. Throws `Outage` while the store's clock is too far ahead of that of the node. */
export function storeTime({ clock, nodeClock }: { readonly clock: Clock; readonly nodeClock: Clock }): Instant {
  const now = clock.now();
  const node = nodeClock.now();
  if (now - node > ALLOWED_AHEAD_MS) {
    throw new Outage(
      `The ledger's clock (${formatInstant(now)}) is more than 5 minutes ahead of the node's (${formatInstant(node)}): nothing is recorded until they agree`,
    );
  }
  return now;
}
