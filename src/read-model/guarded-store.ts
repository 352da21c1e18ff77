import { andThen, Awaitable } from '../kernel/async';
import { LogWatch } from './log-watch';
import { TemporalStore } from './temporal-store';

/** The read models, whose readers get `LogMismatch` while the log is not the one that they were built from. */
export function guardedStore(store: TemporalStore, watch: LogWatch): TemporalStore {
  const guard = <T>(read: () => Awaitable<T>): Awaitable<T> => andThen(watch.ready(), read);
  return {
    claim: (token) => {
      store.claim(token);
    },
    checkpoint: () => store.checkpoint(),
    write: (batch) => store.write(batch),
    markServing: () => store.markServing(),
    discard: () => store.discard(),

    immediate: store.immediate,
    version: () => store.version(),
    watermark: () =>
      guard(() => {
        // Both are asked for at once, so that one read of the store answers both.
        const version = store.version();
        const watermark = store.watermark();
        return andThen(version, (name) =>
          andThen(watermark, (cut) =>
            // Whoever looks for the first time at what was built anew looks again once it was compared with the log.
            cut === undefined ? cut : andThen(watch.readyFor(name), () => cut),
          ),
        );
      }),
    moved: (position, timeoutMs) => store.moved(position, timeoutMs),
    versions: (keys, at, wanted) => guard(() => store.versions(keys, at, wanted)),
    walk: (key, range) => guard(() => store.walk(key, range)),
    members: (collection, at, page) => guard(() => store.members(collection, at, page)),
    changes: (range) => guard(() => store.changes(range)),
    cutAt: (place) => guard(() => store.cutAt(place)),
    forget: () => {
      store.forget();
    },
    close: () => store.close(),
  };
}
