import { Position, ReadPosition, START, streamNameFilter } from '@kurrent/kurrentdb-client';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { StoredEvent } from '../../envelope';
import { LogMessage } from '../../event-store';
import { Connection } from './connection';
import { isInvalidPosition } from './driver-errors';
import { EVENTS_AHEAD, Feed } from './feed';
import { decodeEvent, Received } from './stored-events';

/** The server looks at so many events of all streams at a time, and says after each time how far it is. */
const SEARCH_WINDOW = 1000;

/** How far a reader of the log has come, and from where the server is asked to go on. */
export class Progress {
  private from: ReadPosition;
  private fromServer: boolean;

  /** All up to `position` has been delivered. */
  constructor(public position: bigint) {
    this.from = position === 0n ? START : { commit: position, prepare: position };
    this.fromServer = position === 0n;
  }

  get start(): ReadPosition {
    return this.from;
  }

  /** Those of the events that have not been delivered. */
  take(received: readonly Received[]): readonly StoredEvent[] {
    const events = received.map(decodeEvent).filter(({ position }) => position > this.position);
    const last = events.at(-1);
    if (last) {
      this.position = last.position;
      this.skipTo({ commit: last.position, prepare: last.position });
    }
    return events;
  }

  skipTo(at: Position): void {
    if (this.from !== START && typeof this.from === 'object' && at.commit < this.from.commit) return;
    this.from = at;
    this.fromServer = true;
  }

  /** A caller may start behind a position at which there is no event. Then the log is gone through from its start. */
  startOver(): boolean {
    if (this.fromServer) return false;
    this.from = START;
    this.fromServer = true;
    return true;
  }
}

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
    if (!isInvalidPosition(error) || !progress.startOver()) throw error;
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

/** A read ends by itself: whatever comes late is an outage. */
export const impatient = (everyMs: number): Watch => ({
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
