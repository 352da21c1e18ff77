import { getEventListeners } from 'node:events';
import { RequestAborted } from '../../src/kernel/outage';
import { AbortableStore } from '../../src/read-model/abortable-store';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';

/** Read models whose watermark moves at once, or never. */
class MovingStore extends MemoryTemporalStore {
  constructor(private readonly moves: boolean) {
    super();
  }

  override waitForWatermark(): Promise<void> {
    return this.moves ? Promise.resolve() : new Promise(() => undefined);
  }
}

const LONG_MS = 60_000;

test('a request that waits many times leaves no listener', async () => {
  const { signal } = new AbortController();
  const store = new AbortableStore(new MovingStore(true), signal);
  for (let move = 0; move < 20; move++) await store.waitForWatermark(1n, LONG_MS);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a wait ends when the client disconnects, and nothing is read after that', async () => {
  const hangUp = new AbortController();
  const store = new AbortableStore(new MovingStore(false), hangUp.signal);
  const waiting = store.waitForWatermark(1n, LONG_MS);
  hangUp.abort();
  await waiting;
  await expect(store.waitForWatermark(1n, LONG_MS)).rejects.toThrow(RequestAborted);
  expect(() => store.watermark()).toThrow(RequestAborted);
});
