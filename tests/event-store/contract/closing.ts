import { EventStore } from '../../../src/event-store/event-store';
import { Outage } from '../../../src/kernel/outage';
import { collect, someEvents } from '../../support/events';
import { CurrentHarness } from './harness';
import { eventsUntilCaughtUp, subscribe } from './messages';

export function describeClosing(current: CurrentHarness): void {
  describe('close', () => {
    it.each<[string, (store: EventStore, stream: string) => Promise<unknown>]>([
      ['append', (store, stream) => store.append(stream, someEvents(1), 'any')],
      ['readStream', (store, stream) => collect(store.readStream(stream))],
      ['readAll', (store) => collect(store.readAll(0n))],
      ['subscribe', (store) => collect(store.subscribe(0n, new AbortController().signal))],
      ['head', (store) => store.head()],
    ])('makes every later %s an outage', async (_, call) => {
      const { store, prefix } = current();
      await store.append(`${prefix}task-a`, someEvents(1), 'any');
      await store.close();

      await expect(call(store, `${prefix}task-a`)).rejects.toThrow(Outage);
    });

    it('ends open subscriptions with an outage', async () => {
      const { store } = current();
      const messages = subscribe(store, 0n, new AbortController().signal);
      await eventsUntilCaughtUp(messages);
      const waiting = expect(messages.next()).rejects.toThrow(Outage);
      await store.close();

      await waiting;
    });

    it('does nothing the second time', async () => {
      await current().store.close();
      await expect(current().store.close()).resolves.toBeUndefined();
    });
  });
}
