import { START } from '@kurrent/kurrentdb-client';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { StoredEvent } from '../../envelope';
import { Connection } from './connection';
import { EVENTS_AHEAD, Feed } from './feed';
import { decodeEvent } from './stored-events';
import { requireOpen } from './waiting';

/**
 * A stream as a subscription to it brings it up to the caught-up mark. The client's own read would give the times of the same
 * events in whole seconds.
 */
export async function* readStream(
  { client, closing, timeoutMs }: Connection,
  stream: string,
  fromRevision: bigint,
): AsyncGenerator<readonly StoredEvent[], void> {
  requireOpen(closing);
  const feed = new Feed(
    () =>
      client.subscribeToStream(
        stream,
        { fromRevision: fromRevision > 0n ? fromRevision - 1n : START, requiresLeader: true },
        { highWaterMark: EVENTS_AHEAD },
      ),
    closing,
  );
  let next = fromRevision > 0n ? fromRevision : 0n;
  try {
    for (;;) {
      const item = await feed.next(timeoutMs);
      requireOpen(closing);
      if (item === undefined || item === 'silence') {
        throw new Outage(`Event store: it sent nothing of stream ${stream} for ${timeoutMs} ms`);
      }
      if (item.kind === 'caught-up') return;
      if (item.kind !== 'events') continue;
      const events = item.events.map(decodeEvent);
      for (const { revision } of events) {
        if (revision !== next)
          throw new CorruptLedger(`Stream ${stream} has a hole before revision ${String(revision)}`);
        next++;
      }
      yield events;
    }
  } finally {
    feed.stop();
  }
}
