import { CorruptLedger, Outage } from '../../../kernel/outage';
import { StoredEvent } from '../../envelope';
import { Connection } from './connection';
import { follow, Watchdog } from './log-follow';
import { Progress } from './progress';
import { resuming } from './resuming';

/** A read has an end, so silence means an outage. */
const failOnSilence = (everyMs: number): Watchdog => ({
  everyMs,
  alive: () => undefined,
  silent: () => Promise.reject(new Outage(`Event store: it sent nothing for ${everyMs} ms`)),
});

export async function* readLog(connection: Connection, after: bigint, upTo: bigint): AsyncGenerator<StoredEvent, void> {
  if (after >= upTo) return;
  const progress = new Progress(after);
  for await (const events of resuming(() => newEvents(connection, progress))) {
    for (const event of events) {
      if (event.position > upTo) throw new CorruptLedger(`The log has no event at its head position, ${String(upTo)}`);
      yield event;
      if (event.position === upTo) return;
    }
  }
}

async function* newEvents(connection: Connection, progress: Progress): AsyncGenerator<readonly StoredEvent[], void> {
  const watchdog = failOnSilence(connection.timeoutMs);
  for await (const message of follow(connection, progress, watchdog, connection.closing)) {
    if (message.kind === 'events') yield message.events;
  }
}
