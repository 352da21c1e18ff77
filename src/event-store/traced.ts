import { Tracing } from '../kernel/tracing';
import { EventStore } from './event-store';

/** Makes a span of each call: neither SQLite nor the native part of the client of KurrentDB makes any. */
export function traced(store: EventStore, tracing: Tracing): EventStore {
  return {
    append: (stream, events, expected) =>
      tracing.span('event-store append', () => store.append(stream, events, expected)),
    readStream: (stream, fromRevision) =>
      tracing.spanOf('event-store readStream', () => store.readStream(stream, fromRevision)),
    readAll: (after) => tracing.spanOf('event-store readAll', () => store.readAll(after)),
    // It has no end that a span could show.
    subscribe: (after, signal) => store.subscribe(after, signal),
    head: () => tracing.span('event-store head', () => store.head()),
    requireWritable: () => tracing.span('event-store requireWritable', () => store.requireWritable()),
    forget: () => {
      store.forget();
    },
    close: () => store.close(),
  };
}
