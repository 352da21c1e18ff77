import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { BEFORE_ALL, LogPoint, pointAfter } from '../../src/read-model/change';
import { PendingChanges } from '../../src/read-model/pending-changes';
import { ProjectedChange, TemporalReader, TemporalStore } from '../../src/read-model/temporal-store';
import { TemporalStoreHarness } from './contract/harness';
import { describeTemporalStore } from './temporal-store.contract';

/** Pending changes have to be read as if they were written: here the second half of each write is pending until the next one. */
function halfPending(store: TemporalStore): TemporalStore {
  let recorded: LogPoint = BEFORE_ALL;
  let pending: readonly ProjectedChange[] = [];
  const end = (): LogPoint => (pending.length === 0 ? recorded : pointAfter(pending.at(-1)!.change));
  let isOpen = false;
  // The store holds the pending changes too: whatever is on record after the point must not be seen.
  const reader = (): TemporalReader => (isOpen ? new PendingChanges(store, recorded, pending) : store);

  const overridden: Partial<TemporalStore> = {
    async write(batch) {
      await store.write(batch);
      const fresh = batch.filter(({ change }) => change.event.position > end().position);
      recorded = end();
      pending = fresh.slice(Math.floor(fresh.length / 2));
      const before = fresh.at(-pending.length - 1);
      if (fresh.length > pending.length && before !== undefined) recorded = pointAfter(before.change);
    },
    async markServing() {
      await store.markServing();
      isOpen = true;
    },
    async discard() {
      await store.discard();
      [recorded, pending, isOpen] = [BEFORE_ALL, [], false];
    },
    watermark: () => reader().watermark(),
    versions: (...asked) => reader().versions(...asked),
    walk: (...asked) => reader().walk(...asked),
    members: (...asked) => reader().members(...asked),
    changes: (...asked) => reader().changes(...asked),
    pointAt: (...asked) => reader().pointAt(...asked),
  };
  return new Proxy(store, {
    get(of, name) {
      const value: unknown = Reflect.get(name in overridden ? overridden : of, name);
      return typeof value === 'function' ? value.bind(name in overridden ? overridden : of) : value;
    },
  });
}

describeTemporalStore('pending changes over memory', {
  durable: false,
  makeHarness(): Promise<TemporalStoreHarness> {
    let store = halfPending(new MemoryTemporalStore());
    return Promise.resolve({
      get store() {
        return store;
      },
      restart() {
        store = halfPending(new MemoryTemporalStore());
        return Promise.resolve();
      },
      dispose: () => Promise.resolve(),
    });
  },
});
