import { andThen, Awaitable, awaitedLater } from '../kernel/async';
import { LogPoint } from './change';
import { LogWatch } from './log-watch';
import { TemporalStore } from './temporal-store';

/** The read models. While the log is not the one that they were built from, every read fails with `LogMismatch`. */
export function guardedStore(store: TemporalStore, watch: LogWatch): TemporalStore {
  const guard = <T>(read: () => Awaitable<T>): Awaitable<T> => andThen(watch.ready(), read);
  /** Read models that were promoted since the last comparison are compared with the log before they are read. */
  const compared = (version: string | undefined, point: LogPoint | undefined): Awaitable<LogPoint | undefined> =>
    point === undefined ? point : andThen(watch.readyFor(version), () => point);

  return {
    claim: (token) => {
      store.claim(token);
    },
    checkpoint: () => store.checkpoint(),
    write: (batch) => store.write(batch),
    requireWritable: () => store.requireWritable(),
    markServing: () => store.markServing(),
    discard: () => store.discard(),

    synchronous: store.synchronous,
    version: () => store.version(),
    watermark: () =>
      guard(() => {
        // Both are asked at once, so that one read of the store answers both.
        const [version, point] = [awaitedLater(store.version()), store.watermark()];
        return version instanceof Promise || point instanceof Promise
          ? Promise.all([version, point]).then((both) => compared(...both))
          : compared(version, point);
      }),
    waitForWatermark: (position, timeoutMs) => store.waitForWatermark(position, timeoutMs),
    versions: (keys, at, wanted) => guard(() => store.versions(keys, at, wanted)),
    walk: (key, range, wanted) => guard(() => store.walk(key, range, wanted)),
    members: (collection, at, page) => guard(() => store.members(collection, at, page)),
    changes: (range) => guard(() => store.changes(range)),
    pointAt: (place) => guard(() => store.pointAt(place)),
    forget: () => {
      store.forget();
    },
    close: () => store.close(),
  };
}
