import { CorruptLedger, Outage } from '../../../kernel/outage';
import { StoredEvent } from '../../envelope';
import { Connection } from './connection';
import { follow, Watch } from './log-feed';
import { Progress } from './progress';

/** A read ends by itself: whatever comes late is an outage. */
const impatient = (everyMs: number): Watch => ({
  everyMs,
  alive: () => undefined,
  silent: () => Promise.reject(new Outage(`Event store: it sent nothing for ${everyMs} ms`)),
});

export async function* readLog(connection: Connection, after: bigint, upTo: bigint): AsyncGenerator<StoredEvent, void> {
  if (after >= upTo) return;
  const watch = impatient(connection.timeoutMs);
  for await (const message of follow(connection, new Progress(after), watch, connection.closing)) {
    if (message.kind !== 'events') continue;
    for (const event of message.events) {
      if (event.position > upTo) throw new CorruptLedger(`The log has no event at its head, ${String(upTo)}`);
      yield event;
      if (event.position === upTo) return;
    }
  }
}
