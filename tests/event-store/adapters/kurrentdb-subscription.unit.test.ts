import {
  KurrentEventStoreOptions,
  openKurrentEventStore,
} from '../../../src/event-store/adapters/kurrentdb/kurrent-event-store';
import { EventStore } from '../../../src/event-store/event-store';
import { CorruptLedger } from '../../../src/kernel/outage';
import { anEvent, collect, someEvents } from '../../support/events';
import { proposed } from '../../support/kurrentdb/proposals';
import { Drop, KurrentStandIn } from '../../support/kurrentdb/stand-in';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';
import { eventsThrough, eventsUntilCaughtUp, nextMessage, subscribe } from '../contract/messages';
import { troublesTo } from '../../support/telemetry';

const STREAM = 'mingjian-task-a';
/** Short, so that failures are detected soon. On a slow machine there are only more of them. */
const IMPATIENT = { watchdogMs: 200, backOffMs: { first: 1, most: 20 } };

describe('a subscription through the KurrentDB client', () => {
  let folder: TemporaryFolder;
  let server: KurrentStandIn;
  let store: EventStore;
  let aborted: AbortController;
  let troubles: unknown[];

  beforeEach(async () => {
    folder = temporaryFolder();
    server = await KurrentStandIn.start({ folder: folder.path });
    troubles = [];
    aborted = new AbortController();
    store = open(IMPATIENT);
  });
  afterEach(async () => {
    aborted.abort();
    await store.close();
    await server.stop();
    folder.remove();
  });

  const open = (options: Partial<KurrentEventStoreOptions>): EventStore =>
    openKurrentEventStore({
      url: server.url,
      prefix: 'mingjian-',
      telemetry: troublesTo((error) => troubles.push(error)),
      ...options,
    });
  const subscribeAfter = (after: bigint) => subscribe(store, after, aborted.signal);
  const appendForeign = (count: number, stream = 'else-a') =>
    server.log.append(stream, someEvents(count).map(proposed), 'any');

  it.each<Drop>(['cleanly', 'with an error', 'silently'])(
    'that is dropped %s resumes without a loss, and ends its old call',
    async (how) => {
      await store.append(STREAM, someEvents(3), 'any');
      const messages = subscribeAfter(0n);
      const history = await eventsUntilCaughtUp(messages);
      const [first] = server.subscriptions;
      server.drop(how);
      const last = anEvent();
      await store.append(STREAM, someEvents(2), 'any');
      await store.append(STREAM, [last], 'any');
      const rest = await eventsThrough(messages, last.id);

      expect([...history, ...rest]).toEqual(await collect(store.readAll(0n)));
      expect(troubles).toContainEqual(expect.objectContaining({ name: 'Outage' }));
      if (how === 'silently') await server.until(() => first!.cancelled);
    },
  );

  it('that never delivers anything is given up before it has caught up', async () => {
    await store.append(STREAM, someEvents(3), 'any');
    server.conduct.silent = true;
    const reading = eventsUntilCaughtUp(subscribeAfter(0n));
    await server.until(() => server.subscriptions.length > 1);
    server.conduct.silent = false;

    expect(await reading).toHaveLength(3);
  });

  it('that is only quiet is kept', async () => {
    await store.append(STREAM, someEvents(1), 'any');
    const messages = subscribeAfter(0n);
    await eventsUntilCaughtUp(messages);
    const next = nextMessage(messages);
    // Each check of the watchdog reads the newest event of the log.
    const looks = () => server.calls.filter(({ request }) => request.backwards).length;
    const before = looks();
    await server.until(() => looks() > before + 2);
    const event = anEvent();
    await store.append(STREAM, [event], 'any');

    expect(await next).toMatchObject({ kind: 'events', events: [{ id: event.id }] });
    expect(server.subscriptions).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  it('resumes from checkpoints that came without events', async () => {
    await store.append(STREAM, someEvents(1), 'any');
    const messages = subscribeAfter(0n);
    await eventsUntilCaughtUp(messages);
    const last = anEvent();
    const reading = eventsThrough(messages, last.id);
    const [first] = server.subscriptions;
    const before = first!.checkpoint;
    await appendForeign(1100);
    await server.until(() => first!.checkpoint !== before);
    server.drop('cleanly');
    await store.append(STREAM, [last], 'any');

    expect(await reading).toHaveLength(1);
    expect(first!.checkpoint!.commit).toBeGreaterThan(before!.commit);
    expect(server.subscriptions.at(-1)!.request.from).toEqual(first!.checkpoint);
  });

  it('survives a server that is down for a while', async () => {
    await store.append(STREAM, someEvents(1), 'any');
    const messages = subscribeAfter(0n);
    await eventsUntilCaughtUp(messages);
    const event = anEvent();
    const reading = eventsThrough(messages, event.id);
    server.goAway();
    await server.until(() => server.subscriptions.every(({ cancelled }) => cancelled));
    await server.listen();
    await server.log.append(STREAM, [proposed(event)], 'any');

    expect(await reading).toHaveLength(1);
    expect(troubles.length).toBeGreaterThan(0);
  });

  it('follows the leader', async () => {
    await store.append(STREAM, someEvents(1), 'any');
    server.conduct.leader = { host: '127.0.0.1', port: server.port };
    const reading = eventsUntilCaughtUp(subscribeAfter(0n));
    await server.until(() => server.subscriptions.length > 1);
    delete server.conduct.leader;

    expect(await reading).toHaveLength(1);
    expect(String(troubles[0])).toMatch(/another node is the leader/);
  });

  it('says again that it is caught up after it had fallen behind', async () => {
    const messages = subscribeAfter(0n);
    await eventsUntilCaughtUp(messages);
    await store.append(STREAM, someEvents(500), 'any');

    expect(await eventsUntilCaughtUp(messages)).toHaveLength(500);
  });

  it('makes the server wait for a slow consumer, and then delivers everything', async () => {
    const total = 5000;
    await server.log.append(STREAM, someEvents(total).map(proposed), 'any');
    const messages = subscribeAfter(0n);
    const first = await nextMessage(messages);
    const [call] = server.subscriptions;
    await server.until(() => call!.blocked);

    expect(call!.events).toBeLessThan(total / 4);
    const rest = await eventsUntilCaughtUp(messages);
    expect(rest.length + (first.kind === 'events' ? first.events.length : 0)).toBe(total);
  });

  describe('from a position that has no event', () => {
    it('reads the log from its start', async () => {
      for (let count = 0; count < 3; count++) await store.append(STREAM, someEvents(1), 'any');
      const [, second, third] = await collect(store.readAll(0n));
      const events = await eventsUntilCaughtUp(subscribeAfter(second!.position + 1n));

      expect(events).toEqual([third]);
      expect(server.subscriptions.slice(-2).map(({ request }) => request.from)).toEqual([
        { commit: second!.position + 1n, prepare: second!.position + 1n },
        'start',
      ]);
      expect(troubles).toEqual([]);
    });

    it('waits for later events if the position is beyond the head', async () => {
      await store.append(STREAM, someEvents(1), 'any');
      const { position } = (await store.append(STREAM, someEvents(1), 'any')) as { position: bigint };
      const messages = subscribeAfter(position + 10n);
      await eventsUntilCaughtUp(messages);
      const next = nextMessage(messages);
      expect(await store.head()).toBe(position);
      const last = anEvent();
      await store.append(STREAM, [last], 'any');

      expect(await next).toMatchObject({ kind: 'events', events: [{ id: last.id }] });
    });
  });

  describe('ends its call', () => {
    it.each<[string, () => Promise<unknown>]>([
      [
        'when the signal aborts, even if nobody fetches',
        () => {
          aborted.abort();
          return Promise.resolve();
        },
      ],
      ['when the store closes', () => store.close()],
    ])('%s', async (_, end) => {
      await store.append(STREAM, someEvents(1), 'any');
      const messages = subscribeAfter(0n);
      await nextMessage(messages);
      await end();

      await server.until(() => server.subscriptions[0]!.cancelled);
      expect(server.subscriptions).toHaveLength(1);
    });

    it('when its consumer leaves or throws', async () => {
      await store.append(STREAM, someEvents(1), 'any');
      const failing = async () => {
        for await (const message of store.subscribe(0n, aborted.signal)) throw new Error(message.kind);
      };

      await expect(failing()).rejects.toThrow('events');
      await server.until(() => server.subscriptions[0]!.cancelled);
      expect(troubles).toEqual([]);
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'of a transaction over streams',
      () => server.log.append(STREAM, [proposed(anEvent())], 'any', { inTransaction: true }),
    ],
    ['that is not JSON', () => server.log.append(STREAM, [{ ...proposed(anEvent()), isJson: false }], 'any')],
    [
      'of broken JSON',
      () => server.log.append(STREAM, [{ ...proposed(anEvent()), data: Buffer.from('{"amount":') }], 'any'),
    ],
    [
      'without metadata',
      () => server.log.append(STREAM, [{ ...proposed(anEvent()), metadata: Buffer.alloc(0) }], 'any'),
    ],
  ])('throws CorruptLedger at an event %s, after delivering what was before it', async (_, spoil) => {
    await store.append(STREAM, someEvents(2), 'any');
    const messages = subscribeAfter(0n);
    expect(await eventsUntilCaughtUp(messages)).toHaveLength(2);
    await spoil();

    await expect(nextMessage(messages)).rejects.toThrow(CorruptLedger);
    await expect(collect(store.readStream(STREAM))).rejects.toThrow(CorruptLedger);
  });

  it('does not see the metadata of its streams', async () => {
    await store.append(STREAM, someEvents(1), 'any');
    const head = await store.head();
    await appendForeign(1, `$$${STREAM}`);
    await appendForeign(1, '$stats-127.0.0.1:2113');

    expect(await eventsUntilCaughtUp(subscribeAfter(0n))).toHaveLength(1);
    expect(await store.head()).toBe(head);
  });
});
