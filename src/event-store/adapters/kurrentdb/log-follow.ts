import { streamNameFilter } from '@kurrent/kurrentdb-client';
import { LogMismatch } from '../../../kernel/outage';
import { LogMessage } from '../../event-store';
import { Connection } from './connection';
import { isInvalidPosition } from './driver-errors';
import { BUFFERED_EVENTS, SubscriptionReader } from './subscription-reader';
import { Progress } from './progress';

/** The server sends a checkpoint after each search through this many events of all streams. */
const SEARCH_WINDOW = 1000;

export interface Watchdog {
  readonly everyMs: number;
  alive(kind: 'events' | 'checkpoint' | 'caught-up'): void;
  /** Called when nothing has come for `everyMs`. Throws if something should have come. */
  silent(position: bigint): Promise<void>;
}

/**
 * The ledger's events and "caught up" messages from one subscription, until the signal aborts. Throws if the subscription
 * fails.
 */
export async function* follow(
  connection: Connection,
  progress: Progress,
  watchdog: Watchdog,
  signal: AbortSignal,
): AsyncGenerator<LogMessage, void> {
  try {
    yield* followOnce(connection, progress, watchdog, signal);
  } catch (error) {
    if (!isInvalidPosition(error)) throw error;
    if (!progress.startOver()) throw new LogMismatch(`The log no longer has a record at ${String(progress.position)}`);
    yield* followOnce(connection, progress, watchdog, signal);
  }
}

async function* followOnce(
  { client, prefix }: Connection,
  progress: Progress,
  watchdog: Watchdog,
  signal: AbortSignal,
): AsyncGenerator<LogMessage, void> {
  const reader = new SubscriptionReader(
    (checkpointReached) =>
      client.subscribeToAll(
        {
          fromPosition: progress.start,
          requiresLeader: true,
          filter: streamNameFilter({
            prefixes: [prefix],
            maxSearchWindow: SEARCH_WINDOW,
            checkpointInterval: 1,
            checkpointReached: (_, at) => {
              checkpointReached(at);
            },
          }),
        },
        { highWaterMark: BUFFERED_EVENTS },
      ),
    signal,
  );
  try {
    for (
      let item = await reader.next(watchdog.everyMs);
      item !== undefined;
      item = await reader.next(watchdog.everyMs)
    ) {
      if (item === 'silence') {
        await watchdog.silent(progress.position);
        continue;
      }
      watchdog.alive(item.kind);
      if (item.kind === 'checkpoint') progress.skipTo(item.at);
      if (item.kind === 'caught-up') yield item;
      if (item.kind !== 'events') continue;
      const events = progress.take(item.events);
      if (events.length > 0) yield { kind: 'events', events };
    }
  } finally {
    reader.stop();
  }
}
