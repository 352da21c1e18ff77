import { EventStore, LogMessage } from '../event-store/event-store';
import { inBatches, oneAhead } from './batches';
import { LeafCheck } from './leaf-check';
import { LogEnd } from './log-order';

/** The log as it is stored. Each event is compared with its leaf before anybody gets it (`LogMismatch`). */
export function checkedLog(log: EventStore, check: LeafCheck): EventStore {
  return {
    append: (stream, events, expected) => log.append(stream, events, expected),
    async *readStream(stream, fromRevision) {
      for await (const events of inBatches(log.readStream(stream, fromRevision))) {
        await check.require(events);
        yield* events;
      }
    },
    async *readAll(after) {
      let end: LogEnd | undefined;
      for await (const events of inBatches(log.readAll(after))) {
        end = await check.requireNext(events, end);
        yield* events;
      }
    },
    async *subscribe(after, signal) {
      const stop = new AbortController();
      const messages = log.subscribe(after, AbortSignal.any([signal, stop.signal]));
      try {
        yield* oneAhead(checkedMessages(messages, check));
      } finally {
        stop.abort();
      }
    },
    head: () => log.head(),
    requireWritable: () => log.requireWritable(),
    forget: () => {
      log.forget();
    },
    close: () => log.close(),
  };
}

async function* checkedMessages(
  messages: AsyncIterable<LogMessage>,
  check: LeafCheck,
): AsyncGenerator<LogMessage, void> {
  let end: LogEnd | undefined;
  for await (const message of messages) {
    if (message.kind === 'events') end = await check.requireNext(message.events, end);
    yield message;
  }
}
