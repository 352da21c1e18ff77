import fc from 'fast-check';
import { anEvent, collect, someEvents } from '../../support/events';
import { CurrentHarness, MakeHarness } from './harness';
import { eventsThrough, eventsUntilCaughtUp, nextMessage, subscribe } from './messages';

export function describeSubscribing(current: CurrentHarness, makeHarness: MakeHarness): void {
  const streamOf = (name: string): string => `${current().prefix}${name}`;
  const append = (name: string, count: number) => current().store.append(streamOf(name), someEvents(count), 'any');
  const positions = async () => (await collect(current().store.readAll(0n))).map(({ position }) => position);

  describe('subscribe', () => {
    let aborted: AbortController;

    beforeEach(() => {
      aborted = new AbortController();
    });
    afterEach(() => {
      aborted.abort();
    });

    const subscribeAfter = (after: bigint) => subscribe(current().store, after, aborted.signal);

    it('says of an empty log that it is caught up, and then delivers new events', async () => {
      const messages = subscribeAfter(0n);
      expect(await nextMessage(messages)).toEqual({ kind: 'caught-up' });
      const event = anEvent();
      const next = nextMessage(messages);
      await current().store.append(streamOf('task-a'), [event], 'any');

      expect(await next).toMatchObject({ kind: 'events', events: [{ id: event.id, revision: 0n }] });
    });

    it.each<{ where: string; startOf: (positions: readonly bigint[]) => bigint; held: number }>([
      { where: 'the start', startOf: () => 0n, held: 6 },
      { where: 'the first event', startOf: ([first]) => first!, held: 5 },
      { where: 'just before an event', startOf: ([, , third]) => third! - 1n, held: 4 },
      { where: 'the middle of an append', startOf: ([, , , fourth]) => fourth!, held: 2 },
      { where: 'the head', startOf: (all) => all.at(-1)!, held: 0 },
    ])('from $where: $held events, "caught up", and new events', async ({ startOf, held }) => {
      for (const name of ['task-a', 'task-b', 'task-a']) await append(name, 2);
      const start = startOf(await positions());
      const messages = subscribeAfter(start);
      const history = await eventsUntilCaughtUp(messages);
      expect(history).toEqual(await collect(current().store.readAll(start)));
      expect(history).toHaveLength(held);

      const last = anEvent();
      await append('task-c', 2);
      await current().store.append(streamOf('task-a'), [last], 'any');
      const live = await eventsThrough(messages, last.id);
      expect([...history, ...live]).toEqual(await collect(current().store.readAll(start)));
    });

    it('delivers to a subscriber that was away everything that it missed', async () => {
      const messages = subscribeAfter(0n);
      await eventsUntilCaughtUp(messages);
      for (let round = 0; round < 20; round++) await append('task-a', 60);
      const last = anEvent();
      await current().store.append(streamOf('task-b'), [last], 'any');

      expect(await eventsThrough(messages, last.id)).toEqual(await collect(current().store.readAll(0n)));
    });

    it('serves several subscribers independently', async () => {
      await append('task-a', 3);
      const [, second] = await positions();
      const readers = [subscribeAfter(0n), subscribeAfter(second!), subscribeAfter(0n)];
      await eventsUntilCaughtUp(readers[0]!);
      const last = anEvent();
      await current().store.append(streamOf('task-a'), [last], 'any');
      const counts = await Promise.all(
        readers.map(async (messages) => (await eventsThrough(messages, last.id)).length),
      );

      expect(counts).toEqual([1, 2, 4]);
    });

    it('resumes after a restart from the position that the subscriber has handled', async () => {
      await append('task-a', 3);
      const [first] = await eventsUntilCaughtUp(subscribeAfter(0n));
      await current().restart();
      const rest = await eventsUntilCaughtUp(subscribeAfter(first!.position));

      expect(rest.map(({ revision }) => revision)).toEqual([1n, 2n]);
    });

    describe('ends when the signal aborts', () => {
      it('before the first message', async () => {
        await append('task-a', 1);
        aborted.abort();
        expect(await subscribeAfter(0n).next()).toMatchObject({ done: true });
      });

      it('between messages', async () => {
        await append('task-a', 1);
        const messages = subscribeAfter(0n);
        await nextMessage(messages);
        aborted.abort();
        expect(await messages.next()).toMatchObject({ done: true });
      });

      it('while it waits', async () => {
        const messages = subscribeAfter(0n);
        await eventsUntilCaughtUp(messages);
        const idle = messages.next();
        aborted.abort();
        expect(await idle).toMatchObject({ done: true });
      });
    });

    it('loses nothing and delivers nothing twice, wherever it starts and whatever is appended at the same time', async () => {
      const step = fc.record({
        stream: fc.nat({ max: 2 }),
        events: fc.integer({ min: 1, max: 4 }),
        /** Whether the next append begins only after this one is recorded. */
        settled: fc.boolean(),
      });
      const scenario = fc.record({
        history: fc.array(step, { maxLength: 6 }),
        meanwhile: fc.array(step, { maxLength: 12 }),
        start: fc.double({ min: 0, max: 1, noNaN: true }),
        between: fc.boolean(),
      });

      await fc.assert(
        fc.asyncProperty(scenario, async ({ history, meanwhile, start, between }) => {
          const harness = await makeHarness();
          const { store, prefix } = harness;
          const stop = new AbortController();
          const run = async (steps: typeof history): Promise<void> => {
            const running = [];
            for (const { stream, events, settled } of steps) {
              const appending = store.append(`${prefix}task-${stream}`, someEvents(events), 'any');
              running.push(appending);
              if (settled) await appending;
            }
            await Promise.all(running);
          };

          try {
            await run(history);
            const held = [0n, ...(await collect(store.readAll(0n))).map(({ position }) => position)];
            const at = held[Math.round(start * (held.length - 1))]!;
            const after = between && at > 0n ? at - 1n : at;
            const last = anEvent();
            const reading = eventsThrough(subscribe(store, after, stop.signal), last.id);
            await run(meanwhile);
            await store.append(`${prefix}task-0`, [last], 'any');

            expect(await reading).toEqual(await collect(store.readAll(after)));
          } finally {
            stop.abort();
            await harness.dispose();
          }
        }),
        { numRuns: 30 },
      );
    });
  });
}
