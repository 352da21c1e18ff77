import { StoredEvent } from '../event-store/envelope';
import { EventStore, LogMessage } from '../event-store/event-store';
import { LeafCheck } from './leaf-check';
import { LogEnd } from './log-order';

/** Read at once while a long part of the log is read. The first batches are shorter: many readers want one event. */
const LARGEST_BATCH = 256;

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

async function* inBatches(events: AsyncIterable<StoredEvent>): AsyncGenerator<readonly StoredEvent[]> {
  let size = 1;
  let batch: StoredEvent[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = Math.min(size * 2, LARGEST_BATCH);
  }
  if (batch.length > 0) yield batch;
}

/** The same items. While one is used, the next one is made. */
async function* oneAhead<T>(items: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = items.next();
  for (;;) {
    const step = await next;
    if (step.done === true) return;
    next = items.next();
    // Whoever uses the item may have enough of them.
    next.catch(() => undefined);
    yield step.value;
  }
}
