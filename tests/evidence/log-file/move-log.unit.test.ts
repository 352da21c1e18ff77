import { join } from 'node:path';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { NewEvent, StoredEvent } from '../../../src/event-store/envelope';
import { EventStore } from '../../../src/event-store/event-store';
import { ImportedLog } from '../../../src/event-store/imported-log';
import { UnfinishedImport } from '../../../src/event-store/unfinished-import';
import { verifyImportedLeaves } from '../../../src/evidence/imported-leaves';
import { NotEmpty } from '../../../src/evidence/log-file/import-log';
import { endAfter, orderOf, START } from '../../../src/evidence/log-order';
import { eventLeafHash } from '../../../src/evidence/event-form';
import { UnsoundEvidence } from '../../../src/evidence/unsound';
import { CorruptLedger, Outage } from '../../../src/kernel/outage';
import { cleanUps } from '../../support/clean-ups';
import { aMetadata, anEvent, collect, someEvents } from '../../support/events';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { exportedLines, importLines } from '../../support/moved-log';
import { temporaryFolder } from '../../support/temporary-folder';

const onEnd = cleanUps();
const PREFIX = 'mingjian-';

function newFile(): EventStore {
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ path: join(folder.path, 'ledger.db'), prefix: PREFIX });
  onEnd(async () => {
    await store.close();
    folder.remove();
  });
  return store;
}

async function newServer(): Promise<EventStore> {
  const store = openLog((await startStandIn(onEnd)).url);
  onEnd(() => store.close());
  return store;
}

/** 12 events of 3 streams; a command of several events is among them. */
async function filled(store: EventStore): Promise<EventStore> {
  for (const code of ['task-a', 'budget-b', 'task-a', 'task-c']) {
    await store.append(`${PREFIX}${code}`, someEvents(2), 'any');
  }
  const parts = [1, 2, 3].map((number) => anEvent({ metadata: aMetadata({ commandPart: { number, of: 3 } }) }));
  await store.append(`${PREFIX}budget-b`, parts, 'any');
  await store.append(`${PREFIX}task-a`, someEvents(1), 'any');
  return store;
}

const moved = async (from: EventStore, to: EventStore): Promise<ImportedLog> => {
  await importLines(to, await exportedLines(from));
  return new ImportedLog(to, PREFIX);
};

const plain = (events: readonly StoredEvent[]) =>
  events.map(({ texts: _texts, inImportedLog: _from, ...event }) => event);

const ENGINES = { 'a file': () => Promise.resolve(newFile()), KurrentDB: newServer };
type Engine = keyof typeof ENGINES;
const WAYS: readonly (readonly [Engine, Engine])[] = [
  ['a file', 'KurrentDB'],
  ['KurrentDB', 'a file'],
  ['a file', 'a file'],
];

describe.each(WAYS)('a log moved from %s to %s', (from, to) => {
  let old: EventStore;
  let log: ImportedLog;
  beforeEach(async () => {
    old = await filled(await ENGINES[from]());
    log = await moved(old, await ENGINES[to]());
  });

  it('has the same events at the same positions and times, from any position on', async () => {
    const events = plain(await collect(old.readAll(0n)));
    expect(await log.head()).toBe(await old.head());
    const starts = [0n, ...events.flatMap(({ position }) => [position - 1n, position]), (await old.head()) + 5n];
    for (const after of starts) {
      expect(plain(await collect(log.readAll(after)))).toEqual(events.filter(({ position }) => position > after));
    }
    expect(plain(await collect(log.readStream(`${PREFIX}task-a`, 1n)))).toEqual(
      plain(await collect(old.readStream(`${PREFIX}task-a`, 1n))),
    );
  });

  it('goes on above the old positions, and follows without a gap', async () => {
    const head = await log.head();
    const appended = await log.append(`${PREFIX}task-a`, someEvents(2), 4n);
    const again = anEvent();
    await log.append(`${PREFIX}task-d`, [again], 'no-stream');
    const all = await collect(log.readAll(0n));
    expect(appended).toMatchObject({ kind: 'appended', revision: 6n, position: all.at(-2)!.position });
    expect(all.slice(12).every(({ position }) => position > head)).toBe(true);
    expect(await log.head()).toBe(all.at(-1)!.position);
    for (const after of [head - 1n, head, all[12]!.position, all[13]!.position]) {
      const later = all.filter(({ position }) => position > after);
      expect(await collect(log.readAll(after))).toEqual(later);
      const stop = new AbortController();
      const followed: StoredEvent[] = [];
      for await (const message of log.subscribe(after, stop.signal)) {
        if (message.kind === 'events') followed.push(...message.events);
        if (message.kind === 'caught-up') break;
      }
      stop.abort();
      expect(followed).toEqual(later);
    }
    expect(await log.append(`${PREFIX}task-d`, [again], 'any')).toMatchObject({ position: all.at(-1)!.position });
  });

  it('answers a repeated append of an imported event with its old position', async () => {
    const [first] = await collect(old.readStream(`${PREFIX}task-c`));
    const { id, type, data, metadata } = first!;
    const sent: NewEvent = { id, type, data, metadata };
    expect(await log.append(`${PREFIX}task-c`, [sent], 'any')).toMatchObject({
      revision: 0n,
      position: first!.position,
    });
  });

  it('has LedgerImported as its first leaf, and then the leaves of the old tree', async () => {
    await log.append(`${PREFIX}task-a`, someEvents(1), 'any');
    expect((await leavesOf(log.leaves)).slice(1, 13)).toEqual(await leavesOf(old));
    expect((await collect(log.leaves.readAll(0n)))[0]).toMatchObject({ type: 'LedgerImported', position: 0n });
    expect(await collect(log.leaves.readAll(1n))).toEqual(await collect(log.readAll(1n)));
    const imported = await log.importedFrom();
    expect(await verifyImportedLeaves(log.readAll(0n), imported!, () => undefined)).toBeUndefined();
  });

  it('can be moved again, with what was recorded since', async () => {
    await log.append(`${PREFIX}task-a`, someEvents(2), 'any');
    const third = newFile();
    await importLines(
      third,
      await exportedLines({ readAll: (after) => log.readLeaves(after), head: () => log.head() }),
    );
    const twice = new ImportedLog(third, PREFIX);
    expect(plain(await collect(twice.readAll(0n)))).toEqual(plain(await collect(log.readAll(0n))));
    expect(
      await verifyImportedLeaves(twice.readAll(0n), (await twice.importedFrom())!, () => undefined),
    ).toBeUndefined();
  });
});

async function leavesOf(log: Pick<EventStore, 'readAll'>): Promise<readonly string[]> {
  let end = START;
  return (await collect(log.readAll(0n))).map((event) => {
    end = endAfter(end, event);
    return eventLeafHash(event, orderOf(event, end)).toString('hex');
  });
}

describe('a file', () => {
  let lines: readonly string[];
  beforeEach(async () => {
    lines = await exportedLines(await filled(newFile()));
  });

  const changed = (line: number, from: string, to: string) => () =>
    lines.map((text, at) => (at === line ? text.replace(from, to) : text));
  const FAULTS: Readonly<Record<string, () => readonly string[]>> = {
    'an altered amount': changed(3, '9689.88', '9689.89'),
    'an altered time': changed(3, 'storedAt":"2', 'storedAt":"1'),
    'an altered root': () => [...lines.slice(0, -1), lines.at(-1)!.replace(/"rootHash":"./, '"rootHash":"/')],
    'an altered count': changed(13, '"events":"12"', '"events":"13"'),
    'a line that is not canonical': changed(3, '{"data"', '{ "data"'),
    'a missing line': () => lines.filter((_, at) => at !== 5),
    'a missing header': () => lines.slice(1),
    'a missing end': () => lines.slice(0, -1),
    'a half line': () => [...lines.slice(0, 6), lines[6]!.slice(0, 50)],
    'a doubled line': () => [...lines.slice(0, 6), lines[5]!, ...lines.slice(6)],
    'lines in another order': () => [...lines.slice(0, 5), lines[6]!, lines[5]!, ...lines.slice(7)],
    'a line behind the end': () => [...lines, lines.at(-1)!],
    'another prefix': changed(0, 'mingjian-', 'else-'),
    'another time zone': changed(0, 'Asia/Shanghai', 'Asia/Urumqi'),
    nothing: () => [],
  };

  it.each(Object.keys(FAULTS))('with %s is refused, and nothing is written', async (fault) => {
    const store = newFile();
    await expect(importLines(store, FAULTS[fault]!())).rejects.toThrow(UnsoundEvidence);
    expect(await store.head()).toBe(0n);
  });

  it('of a ledger whose origin the new one would have is refused', async () => {
    const signed = [
      lines[0]!.replace('"streamPrefix"', '"origin":"a.example/ledger","streamPrefix"'),
      ...lines.slice(1),
    ];
    await expect(importLines(newFile(), signed, { origin: 'a.example/ledger' })).rejects.toThrow('needs another one');
  });

  it('is not imported into a log with events, nor over another import', async () => {
    const store = await filled(newFile());
    const head = await store.head();
    await expect(importLines(store, lines)).rejects.toThrow(NotEmpty);
    expect(await store.head()).toBe(head);

    const other = newFile();
    await importLines(other, await exportedLines(store));
    await expect(importLines(other, lines)).rejects.toThrow(NotEmpty);
    expect(await importLines(other, await exportedLines(store))).toMatchObject({ kind: 'imported-before' });
  });

  it('ends where it was asked to, but not inside a command', async () => {
    const old = await filled(newFile());
    expect(await exportedLines(old, { upTo: 8n })).toHaveLength(10);
    await expect(exportedLines(old, { upTo: 10n })).rejects.toThrow('inside a command');
  });

  it.each([0, 1, 2, 5, 7, 8])('goes on after %i appends, and serves nothing before', async (most) => {
    const store = newFile();
    let left = most;
    const dying: EventStore = {
      ...bound(store),
      append(stream, events, expected) {
        if (left-- === 0) throw new Outage('killed');
        return store.append(stream, events, expected);
      },
    };
    await importLines(dying, lines).catch(() => undefined);
    const log = new ImportedLog(store, PREFIX);
    if (most > 0 && most < 8) {
      await expect(collect(log.readAll(0n))).rejects.toThrow(UnfinishedImport);
      await expect(log.head()).rejects.toThrow(UnfinishedImport);
      await expect(log.append(`${PREFIX}task-a`, someEvents(1), 'any')).rejects.toThrow(UnfinishedImport);
      await expect(importLines(store, await exportedLines(await filled(newFile())))).rejects.toThrow(NotEmpty);
    }
    await importLines(store, lines);
    expect(await collect(log.readAll(0n))).toHaveLength(12);
    expect(await exportedLines({ readAll: (after) => log.readAll(after), head: () => log.head() })).toHaveLength(14);
  });
});

const bound = (store: EventStore): EventStore => ({
  append: (stream, events, expected) => store.append(stream, events, expected),
  readStream: (stream, from) => store.readStream(stream, from),
  readAll: (after) => store.readAll(after),
  subscribe: (after, signal) => store.subscribe(after, signal),
  head: () => store.head(),
  requireWritable: () => store.requireWritable(),
  forget: () => {
    store.forget();
  },
  close: () => store.close(),
});

describe('what says that it was imported', () => {
  const FORGED = {
    sequence: '1',
    position: '1',
    storedAt: '2020-01-01T00:00:00.000Z',
    leafHash: Buffer.alloc(32).toString('base64'),
  };
  const forged = () => anEvent({ metadata: aMetadata({ imported: FORGED }) });

  it('is refused in a log that was not imported, by every read', async () => {
    const store = newFile();
    await store.append(`${PREFIX}task-a`, someEvents(1), 'any');
    await store.append(`${PREFIX}task-a`, [forged()], 'any');
    const log = new ImportedLog(store, PREFIX);
    await expect(collect(log.readAll(0n))).rejects.toThrow(CorruptLedger);
    await expect(collect(log.readStream(`${PREFIX}task-a`))).rejects.toThrow(CorruptLedger);
    const follow = async () => {
      for await (const message of log.subscribe(0n, new AbortController().signal)) {
        if (message.kind === 'caught-up') return;
      }
    };
    await expect(follow()).rejects.toThrow(CorruptLedger);
  });

  it('is refused after the events of an import', async () => {
    const store = newFile();
    const log = await moved(await filled(newFile()), store);
    await expect(log.append(`${PREFIX}task-a`, [forged()], 'any')).rejects.toThrow(TypeError);
    await store.append(`${PREFIX}task-a`, [forged()], 'any');
    await expect(collect(log.readAll(0n))).rejects.toThrow(CorruptLedger);
    await expect(collect(log.readAll(await log.head().then((head) => head - 1n)))).rejects.toThrow(CorruptLedger);
  });

  it('is refused as LedgerImported in the middle of a log', async () => {
    const store = newFile();
    await store.append(`${PREFIX}task-a`, someEvents(1), 'any');
    await store.append(`${PREFIX}ledger-import`, [anEvent({ type: 'LedgerImported' })], 'any');
    await expect(collect(new ImportedLog(store, PREFIX).readAll(0n))).rejects.toThrow(CorruptLedger);
  });

  it('is no event that a log has after its import was cut short', async () => {
    const store = newFile();
    const lines = await exportedLines(await filled(newFile()));
    let left = 3;
    const dying = {
      ...bound(store),
      append: (...sent: Parameters<EventStore['append']>) => {
        if (left-- === 0) throw new Outage('killed');
        return store.append(...sent);
      },
    };
    await importLines(dying, lines).catch(() => undefined);
    await store.append(`${PREFIX}ledger-import`, [anEvent({ type: 'LedgerImportFinished' })], 0n);
    await expect(collect(new ImportedLog(store, PREFIX).readAll(0n))).rejects.toThrow(CorruptLedger);
  });
});
