import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { StoredEvent, withoutTexts } from '../../src/event-store/envelope';
import { EventStore } from '../../src/event-store/event-store';
import { currentVersion, EventTypes, upcasting } from '../../src/event-store/event-types';
import { CorruptLedger } from '../../src/kernel/outage';
import { aMetadata, anEvent, collect } from '../support/events';
import { temporaryFolder } from '../support/temporary-folder';
import { eventsUntilCaughtUp, subscribe } from './contract/messages';

const STREAM = 'mingjian-budget-a';

/** Version 2 renamed `sum` to `amount`, version 3 added the currency. */
const types: EventTypes = {
  BudgetApproved: {
    personal: [],
    upcasters: [({ sum, ...rest }) => ({ ...rest, amount: sum }), (data) => ({ ...data, currency: 'CNY' })],
  },
  BudgetClosed: { personal: [], upcasters: [] },
};

describe('upcasting', () => {
  const folder = temporaryFolder();
  let path: string;
  let store: EventStore;
  let number = 0;

  beforeEach(() => {
    path = join(folder.path, `${number++}.db`);
    store = openSqliteEventStore({ path, prefix: 'mingjian-' });
  });
  afterEach(() => store.close());
  afterAll(() => {
    folder.remove();
  });

  const record = (type: string, schemaVersion: number, data: Record<string, string>) =>
    store.append(STREAM, [anEvent({ type, data, metadata: aMetadata({ schemaVersion }) })], 'any');

  const reads: Record<string, (from: EventStore) => Promise<StoredEvent[]>> = {
    readStream: (from) => collect(from.readStream(STREAM)),
    readAll: (from) => collect(from.readAll(0n)),
    subscribe: (from) => eventsUntilCaughtUp(subscribe(from, 0n, new AbortController().signal)),
  };

  describe.each(Object.entries(reads))('in %s', (_, read) => {
    it('upcasts each old version through all versions in between', async () => {
      await record('BudgetApproved', 1, { sum: '1.00', note: 'a' });
      await record('BudgetApproved', 2, { amount: '2.00' });
      await record('BudgetApproved', 3, { amount: '3.00', currency: 'HKD' });
      const events = await read(upcasting(store, types));

      expect(events.map(({ data }) => data)).toEqual([
        { amount: '1.00', note: 'a', currency: 'CNY' },
        { amount: '2.00', currency: 'CNY' },
        { amount: '3.00', currency: 'HKD' },
      ]);
      expect(events.map(({ metadata }) => metadata.schemaVersion)).toEqual([3, 3, 3]);
    });

    it('keeps the rest of the event, and leaves out the texts', async () => {
      await record('BudgetApproved', 1, { sum: '1.00' });
      await record('BudgetClosed', 1, {});
      const stored = (await read(store)).map(withoutTexts);
      const changed = { data: { amount: '1.00', currency: 'CNY' }, metadata: aMetadata({ schemaVersion: 3 }) };

      expect(await read(upcasting(store, types))).toEqual([{ ...stored[0], ...changed }, stored[1]]);
    });

    it.each([
      ['type', 'BudgetForgotten', 1],
      ['type that is a property of every object', 'constructor', 1],
      ['newer version', 'BudgetApproved', 4],
      ['version below 1', 'BudgetApproved', 0],
      ['version between two', 'BudgetApproved', 1.5],
    ])('throws an unknown %s as CorruptLedger', async (_what, type, version) => {
      await record('BudgetClosed', 1, {});
      await record(type, version, {});

      await expect(read(upcasting(store, types))).rejects.toThrow(CorruptLedger);
    });
  });

  it('appends to the store below, and returns its head', async () => {
    const upcast = upcasting(store, types);
    const result = await upcast.append(STREAM, [anEvent()], 'no-stream');

    expect(result).toMatchObject({ kind: 'appended', position: await upcast.head() });
    expect(await collect(store.readStream(STREAM))).toHaveLength(1);
  });
});

describe('currentVersion', () => {
  it('is one more than the number of upcasters', () => {
    expect(currentVersion(types, 'BudgetApproved')).toBe(3);
    expect(currentVersion(types, 'BudgetClosed')).toBe(1);
  });

  it('refuses other types', () => {
    expect(() => currentVersion(types, 'BudgetForgotten')).toThrow(CorruptLedger);
  });
});
