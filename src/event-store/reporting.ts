import { Telemetry } from '../kernel/telemetry';
import { EventStore } from './event-store';

/** Reports the calls to a store, and what its appends became. */
export function reporting(store: EventStore, telemetry: Telemetry): EventStore {
  const called = (call: string, since: number, failed: boolean): void => {
    telemetry.report({ kind: 'engine-called', engine: 'event-store', call, ms: performance.now() - since, failed });
  };

  async function timed<T>(call: string, run: () => Promise<T>): Promise<T> {
    const since = performance.now();
    let failed = true;
    try {
      const result = await run();
      failed = false;
      return result;
    } finally {
      called(call, since, failed);
    }
  }

  /** From the first event that is asked for until the reader has enough. */
  async function* timedRead<T>(call: string, read: () => AsyncIterable<T>): AsyncIterable<T> {
    const since = performance.now();
    let failed = false;
    try {
      yield* read();
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      called(call, since, failed);
    }
  }

  return {
    async append(stream, events, expected) {
      const result = await timed('append', () => store.append(stream, events, expected));
      telemetry.report({ kind: 'appended', events: events.length, result: result.kind });
      return result;
    },
    readStream: (stream, fromRevision) => timedRead('readStream', () => store.readStream(stream, fromRevision)),
    readAll: (after) => timedRead('readAll', () => store.readAll(after)),
    subscribe: (after, signal) => store.subscribe(after, signal),
    head: () => timed('head', () => store.head()),
    requireWritable: () => store.requireWritable(),
    forget: () => {
      store.forget();
    },
    close: () => store.close(),
  };
}
