import { EventStore, LogMessage } from '../event-store/event-store';
import { Begun, begun, inBatches, inOrder } from './batches';
import { LeafCheck } from './leaf-check';
import { LogEnd } from './log-order';

type LogReads = Pick<EventStore, 'readStream' | 'readAll'>;

/** The log as it is stored. Each event is compared with its leaf before anybody gets it (`LogMismatch`). */
export function checkedReads(log: LogReads, check: LeafCheck): LogReads {
  return {
    async *readStream(stream, fromRevision) {
      for await (const events of inBatches(log.readStream(stream, fromRevision))) {
        await check.require(events);
        yield* events;
      }
    },
    async *readAll(after) {
      let end: LogEnd | undefined;
      for await (const events of inBatches(log.readAll(after))) {
        const next = await check.requireNext(events, end);
        await next.compared;
        ({ end } = next);
        yield* events;
      }
    },
  };
}

/** `checkedReads` for a log that is written and followed, too. */
export function checkedLog(log: EventStore, check: LeafCheck): EventStore {
  return {
    ...checkedReads(log, check),
    append: (stream, events, expected) => log.append(stream, events, expected),
    async *subscribe(after, signal) {
      const stop = new AbortController();
      const messages = log.subscribe(after, AbortSignal.any([signal, stop.signal]));
      try {
        yield* inOrder(checkedMessages(messages, check));
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
): AsyncGenerator<Begun<LogMessage>, void> {
  let end: LogEnd | undefined;
  for await (const message of messages) {
    if (message.kind !== 'events') {
      yield { item: message };
      continue;
    }
    const next = await check.requireNext(message.events, end);
    ({ end } = next);
    yield begun(next.compared.then(() => message));
  }
}
