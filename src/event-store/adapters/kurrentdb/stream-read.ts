import { START } from '@kurrent/kurrentdb-client';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { StoredEvent } from '../../envelope';
import { Connection } from './connection';
import { BUFFERED_EVENTS, SubscriptionReader } from './subscription-reader';
import { decodeEvent } from './stored-events';
import { requireOpen } from './waiting';

/** Reads a stream through a subscription, up to "caught up". The client's own read would give times in whole seconds. */
export async function* readStream(
  { client, closing, timeoutMs }: Connection,
  stream: string,
  fromRevision: bigint,
): AsyncGenerator<readonly StoredEvent[], void> {
  requireOpen(closing);
  const reader = new SubscriptionReader(
    () =>
      client.subscribeToStream(
        stream,
        { fromRevision: fromRevision > 0n ? fromRevision - 1n : START, requiresLeader: true },
        { highWaterMark: BUFFERED_EVENTS },
      ),
    closing,
  );
  let next = fromRevision > 0n ? fromRevision : 0n;
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
        if (revision !== next)
          throw new CorruptLedger(`Stream ${stream} has a gap before revision ${String(revision)}`);
        next++;
      }
      yield events;
    }
  } finally {
    reader.stop();
  }
}
