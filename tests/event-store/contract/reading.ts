import { StoredEvent } from '../../../src/event-store/envelope';
import { canonicalForm } from '../../../src/evidence/canonical-form';
import { JsonObject } from '../../../src/kernel/json';
import { anEvent, collect, someEvents } from '../../support/events';
import { CurrentHarness } from './harness';
import { eventsUntilCaughtUp, subscribe } from './messages';

export function describeReading(current: CurrentHarness): void {
  const streamOf = (name: string): string => `${current().prefix}${name}`;
  const append = (name: string, count: number) => current().store.append(streamOf(name), someEvents(count), 'any');
  const readAll = (after: bigint) => collect(current().store.readAll(after));
  const readStream = (name: string, fromRevision?: bigint) =>
    collect(current().store.readStream(streamOf(name), fromRevision));

  const appendToThree = async (): Promise<void> => {
    for (const name of ['task-a', 'budget-b', 'task-a', 'task-c', 'budget-b', 'task-a']) await append(name, 2);
  };

  describe('readStream', () => {
    it('returns nothing for a stream that does not exist', async () => {
      await append('task-a', 1);
      expect(await readStream('task-ab')).toEqual([]);
      expect(await readStream('task-')).toEqual([]);
    });

    it('returns the events of one stream in order, from any revision on', async () => {
      await appendToThree();
      const all = await readStream('task-a');

      expect(all.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n, 4n, 5n]);
      for (const from of [0n, 1n, 3n, 5n, 6n, 100n]) {
        expect(await readStream('task-a', from)).toEqual(all.slice(Number(from)));
      }
    });

    it('refuses a stream outside the prefix as a bug', async () => {
      await expect(collect(current().store.readStream('else-task-a'))).rejects.toThrow(TypeError);
    });
  });

  describe('readAll', () => {
    it('returns nothing for an empty log', async () => {
      expect(await readAll(0n)).toEqual([]);
      expect(await readAll(1n)).toEqual([]);
    });

    it('returns the events of all streams in the order in which they were appended', async () => {
      const events = someEvents(9);
      for (const [index, event] of events.entries()) {
        await current().store.append(streamOf(`task-${index % 3}`), [event], 'any');
      }
      const all = await readAll(0n);

      expect(all.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      expect(all.map(({ stream }) => stream)).toEqual(events.map((_, index) => streamOf(`task-${index % 3}`)));
      expect(isAscending(all)).toBe(true);
    });

    it('gives texts in canonical form with each event, or with none', async () => {
      const data = { z: '1', a: [{ 10: null, 9: '二' }], left: undefined } as unknown as JsonObject;
      await current().store.append(streamOf('task-a'), [{ ...anEvent(), data }, ...someEvents(2)], 'any');
      const all = [...(await readAll(0n)), ...(await readStream('task-a'))];

      expect(all).toHaveLength(6);
      const canonical = all.map((event) => ({
        data: canonicalForm(event.data),
        metadata: canonicalForm(event.metadata),
      }));
      expect(all.map(({ texts }) => texts)).toEqual(all[0]!.texts === undefined ? Array(6).fill(undefined) : canonical);
    });

    it('starts after any position: of an event, between events, at the head and beyond', async () => {
      await appendToThree();
      const all = await readAll(0n);
      const head = await current().store.head();
      const starts = [0n, ...all.flatMap(({ position }) => [position - 1n, position]), head + 1n, head + 1000n];

      for (const after of starts) {
        expect(await readAll(after)).toEqual(all.filter(({ position }) => position > after));
      }
    });

    it('ends at the head at the time of the call', async () => {
      await append('task-a', 600);
      const reading = current().store.readAll(0n)[Symbol.asyncIterator]();
      let read = 0;
      for (let step = await reading.next(); step.done !== true; step = await reading.next()) {
        if (read++ === 0) await append('task-a', 1);
      }

      expect(read).toBe(600);
      expect(await readAll(0n)).toHaveLength(601);
    });

    it('returns long logs and long streams completely', async () => {
      const appends = await Promise.all(Array.from({ length: 30 }, () => append('task-a', 50)));
      const all = await readAll(0n);

      expect(appends.every(({ kind }) => kind === 'appended')).toBe(true);
      expect(all.map(({ revision }) => revision)).toEqual(Array.from({ length: 1500 }, (_, index) => BigInt(index)));
      expect(isAscending(all)).toBe(true);
      expect(await readStream('task-a')).toEqual(all);
    });
  });

  it('returns the same event from every kind of read', async () => {
    await appendToThree();
    const all = await readAll(0n);
    const aborted = new AbortController();
    const subscribed = await eventsUntilCaughtUp(subscribe(current().store, 0n, aborted.signal));
    aborted.abort();

    expect(subscribed).toEqual(all);
    expect(await readStream('budget-b')).toEqual(all.filter(({ stream }) => stream === streamOf('budget-b')));
  });

  it('counts in bigint, and gives times in milliseconds', async () => {
    await append('task-a', 1);
    const [event] = await readAll(0n);

    expect(typeof event!.revision).toBe('bigint');
    expect(typeof event!.position).toBe('bigint');
    expect(typeof (await current().store.head())).toBe('bigint');
    expect(Number.isInteger(event!.storedAt)).toBe(true);
  });

  describe('head', () => {
    it('is 0 while the log is empty, then the position of the newest event', async () => {
      expect(await current().store.head()).toBe(0n);
      await append('task-a', 2);
      const result = await append('task-b', 3);

      expect(result).toMatchObject({ position: await current().store.head() });
      expect((await readAll(0n)).at(-1)!.position).toBe(await current().store.head());
    });
  });

  it('is the same after a restart, and continues from there', async () => {
    await appendToThree();
    const before = await readAll(0n);
    const head = await current().store.head();
    await current().restart();

    expect(await readAll(0n)).toEqual(before);
    expect(await current().store.head()).toBe(head);
    expect(await append('task-a', 1)).toMatchObject({ kind: 'appended', revision: 6n });
    expect((await readAll(head)).map(({ revision }) => revision)).toEqual([6n]);
  });

  it('ignores other streams in the same log', async () => {
    await current().appendForeign?.();
    expect(await current().store.head()).toBe(0n);
    await append('task-a', 1);
    const head = await current().store.head();
    await current().appendForeign?.();

    expect(await current().store.head()).toBe(head);
    expect(await readAll(0n)).toHaveLength(1);
    const aborted = new AbortController();
    expect(await eventsUntilCaughtUp(subscribe(current().store, 0n, aborted.signal))).toHaveLength(1);
    aborted.abort();
  });
}

const isAscending = (events: readonly StoredEvent[]): boolean =>
  events.every(({ position }, index) => index === 0 || position > events[index - 1]!.position);
