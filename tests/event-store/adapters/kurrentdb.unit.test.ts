import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@kurrent/kurrentdb-client';
import { isInvalidPosition, translated } from '../../../src/event-store/adapters/kurrentdb/driver-errors';
import {
  KurrentEventStoreOptions,
  openKurrentEventStore,
} from '../../../src/event-store/adapters/kurrentdb/kurrent-event-store';
import { NewEvent, StoredEvent } from '../../../src/event-store/envelope';
import { AppendResult, EventStore, ExpectedRevision } from '../../../src/event-store/event-store';
import { AppendTooLarge, CorruptLedger, Outage, UnansweredWrite } from '../../../src/kernel/outage';
import { TestClock } from '../../support/clock';
import { anEvent, collect, someEvents } from '../../support/events';
import { proposed } from '../../support/kurrentdb/proposals';
import { KurrentStandIn, StandInOptions } from '../../support/kurrentdb/stand-in';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';
import { eventsUntilCaughtUp, subscribe } from '../contract/messages';

const STREAM = 'mingjian-task-a';

describe('the KurrentDB event store', () => {
  let folder: TemporaryFolder;
  let server: KurrentStandIn;
  let store: EventStore;
  let opened: EventStore[];

  beforeEach(async () => {
    folder = temporaryFolder();
    opened = [];
    await start();
  });
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.close()));
    await server.stop();
    folder.remove();
  });

  async function start(options: Partial<StandInOptions> = {}): Promise<void> {
    server = await KurrentStandIn.start({ folder: folder.path, ...options });
    store = open();
  }

  function open(options: Partial<KurrentEventStoreOptions> = {}): EventStore {
    const made = openKurrentEventStore({ url: server.url, prefix: 'mingjian-', ...options });
    opened.push(made);
    return made;
  }

  const idsOnRecord = () => server.log.streamOf(STREAM).map(({ id }) => id);
  const idsOf = (events: readonly NewEvent[]) => events.map(({ id }) => id);
  const subscriptionsMade = () => server.calls.filter(({ request }) => request.subscription).length;
  const appendForeign = (count: number) => server.log.append('else-a', someEvents(count).map(proposed), 'any');

  describe('append', () => {
    it('is an outage while the server is down, and succeeds later', async () => {
      await store.append(STREAM, someEvents(1), 'any');
      const events = someEvents(2);
      server.goAway();
      await expect(store.append(STREAM, events, 0n)).rejects.toThrow(Outage);
      await expect(open().append(STREAM, events, 'any')).rejects.toThrow(Outage);
      await server.listen();

      expect(await eventually(() => store.append(STREAM, events, 0n))).toMatchObject({
        kind: 'appended',
        revision: 2n,
      });
      expect(idsOnRecord()).toHaveLength(3);
    });

    it.each<ExpectedRevision>(['no-stream', 'any'])(
      'that is recorded but never answered is found in the stream, expecting %s',
      async (expected) => {
        const events = someEvents(2);
        server.conduct.appends = 'unanswered';

        expect(await store.append(STREAM, events, expected)).toEqual({
          kind: 'appended',
          revision: 1n,
          position: server.log.last!.commit,
        });
        expect(idsOnRecord()).toEqual(idsOf(events));
      },
    );

    it.each<ExpectedRevision>(['no-stream', 'any'])(
      'that is recorded but cut off is an outage, and a repeat does not record it again, expecting %s',
      async (expected) => {
        const hasty = open({ timeoutMs: 1000 });
        const events = someEvents(2);
        server.conduct.appends = 'cut off';
        await expect(hasty.append(STREAM, events, expected)).rejects.toThrow(Outage);
        await server.until(() => idsOnRecord().length > 0);
        delete server.conduct.appends;
        await server.listen();

        const repeated = await eventually(() => store.append(STREAM, events, expected));
        expect(repeated).toEqual({ kind: 'appended', revision: 1n, position: server.log.last!.commit });
        expect(await eventually(() => hasty.append(STREAM, events, expected))).toEqual(repeated);
        expect(idsOnRecord()).toEqual(idsOf(events));
      },
    );

    describe.each(['dropped before', 'dropped after'] as const)('whose connection is %s it is recorded', (when) => {
      it.each<ExpectedRevision>([0n, 'any'])('is made once, expecting %s', async (expected) => {
        await store.append(STREAM, someEvents(1), 'no-stream');
        const events = someEvents(2);
        server.conduct.appends = when;

        expect(await store.append(STREAM, events, expected)).toEqual({
          kind: 'appended',
          revision: 2n,
          position: server.log.last!.commit,
        });
        expect(idsOnRecord().slice(1)).toEqual(idsOf(events));
      });
    });

    it('whose connection is lost conflicts if somebody else was first', async () => {
      await store.append(STREAM, someEvents(1), 'no-stream');
      let release = (): void => undefined;
      server.conduct.hold = new Promise((resolve) => {
        release = resolve;
      });
      server.conduct.appends = 'dropped before';
      const appending = store.append(STREAM, someEvents(1), 0n);
      await server.until(() => server.appends.length === 2);
      await server.log.append(STREAM, someEvents(1).map(proposed), 0);
      release();

      expect(await appending).toEqual({ kind: 'conflict', current: 1n });
      expect(idsOnRecord()).toHaveLength(2);
    });

    it('may be on record if the connection is lost and then also the read of its stream', async () => {
      await store.append(STREAM, someEvents(1), 'no-stream');
      server.conduct.appends = 'dropped after';
      server.conduct.dropsSubscriptions = true;

      await expect(store.append(STREAM, someEvents(1), 0n)).rejects.toThrow(UnansweredWrite);
      expect(idsOnRecord()).toHaveLength(2);
    });

    it('is not sent again after its caller has given up', async () => {
      const hasty = open({ timeoutMs: 300 });
      await hasty.append(STREAM, someEvents(1), 'no-stream');
      let release = (): void => undefined;
      server.conduct.hold = new Promise((resolve) => {
        release = resolve;
      });
      const givenUp = anEvent();
      await expect(hasty.append(STREAM, [givenUp], 'any')).rejects.toThrow(UnansweredWrite);
      await server.log.append(STREAM, someEvents(1).map(proposed), 0);
      delete server.conduct.hold;
      const before = subscriptionsMade();
      release();
      // It was refused, and the stream is read.
      await server.until(() => subscriptionsMade() > before);
      for (let count = 0; count < 5; count++) await store.append(STREAM, someEvents(1), 'any');
      expect(idsOnRecord()).not.toContain(givenUp.id);
    });

    it('is an outage if the server stalls, and so are the appends behind it', async () => {
      const hasty = open({ timeoutMs: 300 });
      server.conduct.appends = 'stalled';
      const appends = someEvents(3).map((event) => hasty.append(STREAM, [event], 'no-stream'));
      const results = await Promise.allSettled(appends);

      expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(results).toEqual(results.map(() => expect.objectContaining({ reason: expect.any(Outage) as Outage })));
    });

    it('that is unanswered at close is an outage, and may have been recorded', async () => {
      let release = (): void => undefined;
      server.conduct.hold = new Promise((resolve) => {
        release = resolve;
      });
      const appending = expect(store.append(STREAM, someEvents(1), 'no-stream')).rejects.toThrow(Outage);
      await server.until(() => server.appends.length > 0);
      await store.close();
      await appending;
      release();

      await server.until(() => idsOnRecord().length === 1);
    });

    it('is an outage if another node is the leader now, and goes to that node the next time', async () => {
      const other = await KurrentStandIn.start({ folder: `${folder.path}/other` });
      server.conduct.leader = { host: '127.0.0.1', port: other.port };
      const event = anEvent();
      await expect(store.append(STREAM, [event], 'no-stream')).rejects.toThrow(/another node is the leader/);

      expect(await eventually(() => store.append(STREAM, [event], 'no-stream'))).toMatchObject({ kind: 'appended' });
      expect(other.log.streamOf(STREAM)).toHaveLength(1);
      await store.close();
      await other.stop();
    });

    it('gives a repeat the same answer as the first time even if it expects a newer revision', async () => {
      const events = someEvents(2);
      const first = await store.append(STREAM, events, 'no-stream');
      await store.append(STREAM, someEvents(1), 'any');

      expect(await store.append(STREAM, events, 2n)).toEqual(first);
      expect(await open().append(STREAM, events, 2n)).toEqual(first);
      expect(await open().append(STREAM, events.slice(0, 1), 2n)).toMatchObject({ revision: 0n });
      expect(idsOnRecord()).toHaveLength(3);
    });

    it('finds the position of an append that the server had recorded already and answers without a position', async () => {
      const events = someEvents(2);
      // Recorded without this store, which knows of one event.
      const known = await store.append(STREAM, someEvents(1), 'any');
      const made = await open().append(STREAM, events, 'any');
      server.conduct.withoutPosition = true;

      expect(await store.append(STREAM, events, 0n)).toEqual(made);
      expect(known).toMatchObject({ revision: 0n });
      expect(idsOnRecord()).toHaveLength(3);
    });

    it('that several stores send at once is recorded once, expecting nothing', async () => {
      const events = someEvents(24);
      const stores = [store, open(), open()];
      const results = await Promise.all(
        events.map((event, index) => stores[index % 3]!.append(STREAM, [event], 'any')),
      );

      expect(idsOnRecord().toSorted()).toEqual(idsOf(events).toSorted());
      for (const [index, result] of results.entries()) {
        expect(idsOnRecord()[Number((result as { revision: bigint }).revision)]).toBe(events[index]!.id);
      }
    });

    it('refuses an id that the stream already has', async () => {
      const event = anEvent();
      await store.append(STREAM, [event], 'any');

      await expect(open().append(STREAM, [anEvent(), event], 'any')).rejects.toThrow(/another append/);
      await expect(store.append(STREAM, Array(2).fill(anEvent()) as NewEvent[], 'any')).rejects.toThrow(/the same id/);
      expect(idsOnRecord()).toHaveLength(1);
    });

    it('works the same with a server that has no batch append, and with a client that does not throw', async () => {
      server.conduct.batchAppend = false;
      const events = someEvents(2);
      const first = await store.append(STREAM, events, 'no-stream');
      const results: AppendResult[] = [];
      for (const each of [store, open({ url: `${server.url}&throwOnAppendFailure=false` })]) {
        results.push(await each.append(STREAM, someEvents(1), 'no-stream'), await each.append(STREAM, events, 0n));
      }

      expect(results).toEqual([{ kind: 'conflict', current: 1n }, first, { kind: 'conflict', current: 1n }, first]);
    });

    it.each<[string, NewEvent]>([
      ['not a number', anEvent({ data: { lines: [{ score: Number.NaN }] } })],
      ['an infinite number', anEvent({ data: { score: Number.POSITIVE_INFINITY } })],
      ['NUL in a type', anEvent({ type: 'Budget\0Approved' })],
      ['a lone surrogate in a type', anEvent({ type: 'Budget\ud842' })],
      ['an id that is not a UUID', anEvent({ id: 'a' })],
      [
        'an id with upper-case letters, which would come back in lower case',
        anEvent({ id: anEvent().id.toUpperCase() }),
      ],
    ])('refuses what would come back changed: %s', async (_, event) => {
      await expect(store.append(STREAM, [anEvent(), event], 'any')).rejects.toThrow(/cannot be stored/);
      expect(server.appends).toEqual([]);
    });
  });

  it('counts exactly above 2^53', async () => {
    await store.close();
    await server.stop();
    await start({ firstPosition: 2n ** 53n + 1n });
    for (let count = 0; count < 3; count++) await store.append(STREAM, someEvents(1), 'any');
    const events = await collect(store.readAll(0n));

    expect(events.map(({ position }) => position)).toEqual(server.log.records.map(({ commit }) => commit));
    expect(events[0]!.position).toBe(2n ** 53n + 1n);
    expect(await store.head()).toBe(events[2]!.position);
    expect(await collect(store.readAll(events[1]!.position))).toEqual([events[2]]);
    expect(await eventsUntilCaughtUp(subscribe(store, events[0]!.position, new AbortController().signal))).toHaveLength(
      2,
    );
  });

  it("has the time of the server's clock, to the millisecond", async () => {
    await store.close();
    await server.stop();
    await start({ clock: new TestClock(1_688_111_999_987) });
    await store.append(STREAM, someEvents(1), 'any');

    expect(await collect(store.readStream(STREAM))).toMatchObject([{ storedAt: 1_688_111_999_987 }]);
    expect(await collect(store.readAll(0n))).toEqual(await collect(store.readStream(STREAM)));
  });

  describe.each<[string, () => AsyncIterable<StoredEvent>]>([
    ['a stream', () => store.readStream(STREAM)],
    ['the log', () => store.readAll(0n)],
  ])('a read of %s', (_, read) => {
    it('goes on where it was if its connection is lost', async () => {
      const events = someEvents(1000);
      await store.append(STREAM, events, 'any');
      const received: string[] = [];
      for await (const { id } of read()) {
        received.push(id);
        if (received.length === 1 || received.length === 500) server.dropConnections();
      }
      expect(received).toEqual(idsOf(events));
    });

    it('is an outage if its connection is lost again before anything comes', async () => {
      await store.append(STREAM, someEvents(1), 'any');
      server.conduct.dropsSubscriptions = true;
      const before = subscriptionsMade();
      await expect(collect(read())).rejects.toThrow(Outage);
      expect(subscriptionsMade() - before).toBe(2);
    });
  });

  describe('a stream', () => {
    it('that was deleted is a corrupt ledger', async () => {
      await store.append(STREAM, someEvents(2), 'any');
      server.log.deleted.add(STREAM);

      await expect(collect(store.readStream(STREAM))).rejects.toThrow(CorruptLedger);
      await expect(store.append(STREAM, someEvents(1), 'any')).rejects.toThrow(CorruptLedger);
    });

    it('that has lost its first events is a corrupt ledger', async () => {
      await store.append(STREAM, someEvents(3), 'any');
      server.log.truncatedBefore.set(STREAM, 2n);

      await expect(collect(store.readStream(STREAM))).rejects.toThrow(/has a gap before revision 2/);
    });
  });

  describe('the head', () => {
    it('is found behind events of others, and then only newer events are read', async () => {
      const { position } = (await store.append(STREAM, someEvents(1), 'any')) as { position: bigint };
      await appendForeign(400);
      const fresh = open();
      expect(await fresh.head()).toBe(position);
      await appendForeign(400);
      const before = server.calls.length;

      expect(await fresh.head()).toBe(position);
      expect(await fresh.head()).toBe(position);
      expect(server.calls.slice(before).filter(({ request }) => request.backwards && request.prefixes)).toEqual([]);
      await server.log.append(STREAM, someEvents(3).map(proposed), 'any');
      const { commit } = server.log.last!;
      await appendForeign(400);
      expect(await fresh.head()).toBe(commit);
    });

    it('is never older than its question, and concurrent questions share few reads', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, async () => {
          const { position } = (await store.append(`${STREAM}-${Math.random()}`, someEvents(1), 'any')) as {
            position: bigint;
          };
          return (await store.head()) >= position;
        }),
      );
      expect(answers.every(Boolean)).toBe(true);
    });

    it('and reads are outages while the server is down', async () => {
      await store.append(STREAM, someEvents(1), 'any');
      await store.head();
      server.goAway();
      const stores = [store, open()];

      for (const each of stores) {
        await expect(each.head()).rejects.toThrow(Outage);
        await expect(collect(each.readAll(0n))).rejects.toThrow(Outage);
        await expect(collect(each.readStream(STREAM))).rejects.toThrow(Outage);
      }
      await server.listen();
      for (const each of stores) {
        expect(await eventually(() => each.head())).toBe(server.log.last!.commit);
        expect(await eventually(() => collect(each.readAll(0n)))).toHaveLength(1);
      }
    });

    it('is an outage if the server sends nothing, and so are reads', async () => {
      await store.append(STREAM, someEvents(1), 'any');
      server.conduct.silent = true;
      await expect(collect(open({ timeoutMs: 100 }).readStream(STREAM))).rejects.toThrow(Outage);
      await expect(collect(open({ timeoutMs: 1000 }).readAll(0n))).rejects.toThrow(Outage);
    });
  });

  describe('the head of a log that was restored to an earlier state', () => {
    it.each<[string, number, number]>([
      ['with events of the ledger at its end', 0, 0],
      ['with events of others at its end', 3, 3],
      ['with events of others at its end, later than the end of the old one', 3, 30],
    ])('goes down, %s', async (_, othersBefore, othersAfter) => {
      const backup = temporaryFolder();
      await store.append(STREAM, someEvents(1), 'no-stream');
      const older = server.log.last!.commit;
      await server.copyLogTo(backup.path);
      await server.log.append(STREAM, someEvents(4).map(proposed), 'any');
      if (othersBefore > 0) await appendForeign(othersBefore);
      expect(await eventually(() => store.head())).toBe(server.log.streamOf(STREAM).at(-1)!.commit);

      await server.putBack(backup.path);
      backup.remove();
      if (othersAfter > 0) await appendForeign(othersAfter);
      await server.listen();

      expect(await eventually(() => store.head())).toBe(older);
    });

    it('is that of an empty log', async () => {
      const nothing = temporaryFolder();
      await store.append(STREAM, someEvents(4), 'no-stream');
      expect(await store.head()).toBe(server.log.last!.commit);
      await server.putBack(nothing.path);
      nothing.remove();
      await server.listen();

      expect(await eventually(() => store.head())).toBe(0n);
    });
  });

  describe('its connection string', () => {
    it('may have a cluster to discover', async () => {
      const discovering = open({ url: server.url.replace('kurrentdb://', 'kurrentdb+discover://') });
      await discovering.append(STREAM, someEvents(1), 'any');

      expect(await discovering.head()).toBe(server.log.last!.commit);
      expect(await collect(discovering.readAll(0n))).toHaveLength(1);
    });

    it('is refused if it is not valid, and the error does not contain its password', () => {
      const opening = () => open({ url: 'kurrentdb://admin:changeit@127.0.0.1:a?tls=false' });
      expect(opening).toThrow(/connection string/);
      expect(opening).not.toThrow(/changeit/);
    });

    it.each(['', '$', '$ce-mingjian-'])('cannot be used with the prefix %j', (prefix) => {
      expect(() => open({ prefix })).toThrow(TypeError);
    });
  });
});

describe('an error of the KurrentDB client', () => {
  const leader = { 'leader-endpoint-host': 'a', 'leader-endpoint-port': '1' };
  const notLeader = new NotLeaderError({ metadata: leader } as unknown as ConstructorParameters<
    typeof NotLeaderError
  >[0]);

  it.each<[string, Error]>([
    ['unavailable', new UnavailableError()],
    ['cancelled', new CancelledError()],
    ['too late', new DeadlineExceededError()],
    ['too slow', new TimeoutError()],
    ['not the leader', notLeader],
    ['denied', new AccessDeniedError()],
    ['unknown', new UnknownError()],
    ['of no type', new Error('14 UNAVAILABLE: No connection established')],
  ])('is an outage if it is %s', (_, error) => {
    expect(translated(error)).toBeInstanceOf(Outage);
    expect(translated(error).cause).toBe(error);
  });

  it.each([
    '3 INVALID_ARGUMENT: Trying to read from an invalid position.',
    '2 UNKNOWN: Unexpected FilteredReadAllResult: Error',
    '2 UNKNOWN: Exception was thrown by handler.',
  ])('may mean a position at which no record begins: %s', (message) => {
    expect(isInvalidPosition(translated(new UnknownError(undefined, message)))).toBe(true);
    expect(isInvalidPosition(translated(new Error(message)))).toBe(false);
  });

  it('is a corrupt ledger if a stream was deleted', () => {
    expect(translated(StreamDeletedError.fromStreamName(STREAM))).toBeInstanceOf(CorruptLedger);
  });

  it('is AppendTooLarge if the append is too large for the server', () => {
    expect(translated(MaxAppendSizeExceededError.fromMaxAppendSize(1))).toBeInstanceOf(AppendTooLarge);
  });

  it.each<[string, Error]>([
    ['shows a bug', new TypeError('x')],
    ['was already an outage', new Outage('x')],
    ['was already a corrupt ledger', new CorruptLedger('x')],
  ])('is not translated if it %s', (_, error) => {
    expect(translated(error)).toBe(error);
  });
});

/** The client notices a lost connection only at the first call on it. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      await nextTurn();
    }
  }
}
