import { EventStore } from '../event-store/event-store';
import { Outage } from '../kernel/outage';
import { LogWatch } from './log-watch';

/** The log. Once it is not the log that this node knows, every call fails with `LogMismatch` instead of answering. */
export function guardedLog(log: EventStore, watch: LogWatch): EventStore {
  /** After the log was replaced, the adapter may fail because of what it remembers of the old one. */
  const appended: EventStore['append'] = async (...args) => {
    try {
      return await log.append(...args);
    } catch (error) {
      if (!(error instanceof Outage)) await watch.compare();
      throw error;
    }
  };

  return {
    async append(stream, events, expected) {
      const result = await appended(stream, events, expected);
      const last = events.at(-1);
      if (result.kind === 'appended' && last !== undefined) {
        watch.saw({ id: last.id, stream, revision: result.revision, position: result.position });
      }
      return result;
    },
    async *readStream(stream, fromRevision) {
      // Both run at the same time, as each takes a while. The events count only once the end has been reached.
      const same = watch.compare();
      same.catch(() => undefined);
      try {
        yield* log.readStream(stream, fromRevision);
      } finally {
        await same;
      }
    },
    async *readAll(after) {
      await watch.compare();
      yield* log.readAll(after);
    },
    async *subscribe(after, signal) {
      await watch.compare();
      yield* log.subscribe(after, signal);
    },
    async head() {
      const head = await log.head();
      await watch.compare();
      return head;
    },
    requireWritable: () => log.requireWritable(),
    forget: () => {
      log.forget();
    },
    close: () => log.close(),
  };
}
