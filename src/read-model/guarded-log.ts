import { EventStore } from '../event-store/event-store';
import { Outage } from '../kernel/outage';
import { LogWatch } from './log-watch';

/** The log, which fails with `LogMismatch` instead of answering once it is not the one that this node knows. */
export function guardedLog(log: EventStore, watch: LogWatch): EventStore {
  /** The adapter may fail on what it has learnt from the log before. */
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
      // Side by side, as each takes a while. What was given counts only once the end has been reached.
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
    forget: () => {
      log.forget();
    },
    close: () => log.close(),
  };
}
