import { collect, someEvents } from '../../support/events';
import { CurrentHarness } from './harness';

export function describeWritable(current: CurrentHarness): void {
  describe('requireWritable', () => {
    it('is content with a log that takes appends, and records nothing', async () => {
      const { store, prefix } = current();
      await store.append(`${prefix}budget-a`, someEvents(2), 'any');
      const head = await store.head();
      for (let round = 0; round < 3; round++) await store.requireWritable();

      expect(await store.head()).toBe(head);
      expect(await collect(store.readAll(0n))).toHaveLength(2);
      await store.append(`${prefix}budget-a`, someEvents(1), 1n);
      expect(await collect(store.readAll(0n))).toHaveLength(3);
    });
  });
}
