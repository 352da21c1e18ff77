import { streamNameFilter } from '@kurrent/kurrentdb-client';
import { LogMismatch } from '../../../kernel/outage';
import { LogMessage } from '../../event-store';
import { Connection } from './connection';
import { isInvalidPosition } from './driver-errors';
import { EVENTS_AHEAD, Feed } from './feed';
import { Progress } from './progress';

/** The server looks at so many events of all streams at a time, and says after each time how far it is. */
const SEARCH_WINDOW = 1000;

/** Told of each message, and of each time that none has come for a while. */
export interface Watch {
  readonly everyMs: number;
  alive(kind: 'events' | 'checkpoint' | 'caught-up'): void;
  /** Throws where something should have come. */
  silent(position: bigint): Promise<void>;
}

/** The ledger's events and caught-up marks as one subscription brings them, until the signal aborts. Throws where it breaks. */
export async function* follow(
  connection: Connection,
  progress: Progress,
  watch: Watch,
  signal: AbortSignal,
): AsyncGenerator<LogMessage, void> {
  try {
    yield* followOnce(connection, progress, watch, signal);
  } catch (error) {
    if (!isInvalidPosition(error)) throw error;
    if (!progress.startOver()) throw new LogMismatch(`The log has no record at ${String(progress.position)} any more`);
    yield* followOnce(connection, progress, watch, signal);
  }
}

async function* followOnce(
  { client, prefix }: Connection,
  progress: Progress,
  watch: Watch,
  signal: AbortSignal,
): AsyncGenerator<LogMessage, void> {
  const feed = new Feed(
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
        { highWaterMark: EVENTS_AHEAD },
      ),
    signal,
  );
  try {
    for (let item = await feed.next(watch.everyMs); item !== undefined; item = await feed.next(watch.everyMs)) {
      if (item === 'silence') {
        await watch.silent(progress.position);
        continue;
      }
      watch.alive(item.kind);
      if (item.kind === 'checkpoint') progress.skipTo(item.at);
      if (item.kind === 'caught-up') yield item;
      if (item.kind !== 'events') continue;
      const events = progress.take(item.events);
      if (events.length > 0) yield { kind: 'events', events };
    }
  } finally {
    feed.stop();
  }
}
