import { START } from '@kurrent/kurrentdb-client';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { StoredEvent } from '../../envelope';
import { Connection } from './connection';
import { resuming } from './resuming';
import { BUFFERED_EVENTS, SubscriptionReader } from './subscription-reader';
import { decodeEvent } from './stored-events';
import { requireOpen } from './waiting';

/** Reads a stream up to its end. */
export function readStream(
  connection: Connection,
  stream: string,
  fromRevision: bigint,
): AsyncGenerator<readonly StoredEvent[], void> {
  const progress = { next: fromRevision > 0n ? fromRevision : 0n };
  return resuming(() => readOnce(connection, stream, progress));
}

/** Through a subscription, up to "caught up". The client's own read would give times in whole seconds. */
async function* readOnce(
  { client, closing, timeoutMs }: Connection,
  stream: string,
  progress: { next: bigint },
): AsyncGenerator<readonly StoredEvent[], void> {
  requireOpen(closing);
  const reader = new SubscriptionReader(
    () =>
      client.subscribeToStream(
        stream,
        { fromRevision: progress.next > 0n ? progress.next - 1n : START, requiresLeader: true },
        { highWaterMark: BUFFERED_EVENTS },
      ),
    closing,
  );
  try {
    for (;;) {
      const item = await reader.next(timeoutMs);
      requireOpen(closing);
      if (item === undefined || item === 'silence') {
        throw new Outage(`Event store: it sent nothing of stream ${stream} for ${timeoutMs} ms`);
      }
      if (item.kind === 'caught-up') return;
      if (item.kind !== 'events') continue;
      const events = item.events.map(decodeEvent);
      for (const { revision } of events) {
        if (revision !== progress.next)
          throw new CorruptLedger(`Stream ${stream} has a gap before revision ${String(revision)}`);
        progress.next++;
      }
      yield events;
    }
  } finally {
    reader.stop();
  }
}
