import { StoredEvent, withoutTexts } from '../../src/event-store/envelope';
import { EventStore, LogMessage } from '../../src/event-store/event-store';
import { PlaceFile } from '../../src/evidence/adapters/place-file';
import { checkedLog } from '../../src/evidence/checked-log';
import { FollowedLog } from '../../src/evidence/followed-log';
import { HASHER_IN_THIS_THREAD } from '../../src/evidence/hashing/leaf-hasher';
import { nextEvents } from '../../src/evidence/leaf-messages';
import { LeafCheck } from '../../src/evidence/leaf-check';
import { storableJson } from '../../src/kernel/json';
import { LogMismatch, Outage } from '../../src/kernel/outage';
import { FakeLog } from '../projector/fake-log';
import { cleanUps } from '../support/clean-ups';
import { collect } from '../support/events';
import { temporaryFolder } from '../support/temporary-folder';
import { MemoryTiles } from './tiles/memory-tiles';

const onEnd = cleanUps();

let log: FakeLog;
let tiles: MemoryTiles;
let followed: FollowedLog;
let differences: LogMismatch[];
let checked: EventStore;
beforeEach(async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  log = new FakeLog();
  differences = [];
  const streams = Array.from({ length: 40 }, (_, at) => `s-${at % 3}`);
  log.addAll(streams, 'first');
  tiles = new MemoryTiles();
  followed = FollowedLog.fromStart({ tiles, places: PlaceFile.open(folder.path) }, () => 'D1');
  for (const next of await nextEvents(followed.end, events(), HASHER_IN_THIS_THREAD)) followed.append(next);
  followed.write();
  const check = new LeafCheck({
    followed: () => Promise.resolve(followed),
    hasher: HASHER_IN_THIS_THREAD,
    onDifference: (difference) => differences.push(difference),
  });
  checked = checkedLog(log as unknown as EventStore, check);
});

function events(): readonly StoredEvent[] {
  const all = log.putBack([]);
  log.putBack(all);
  return all;
}

const alter = (at: number, change: Partial<StoredEvent>) =>
  log.putBack(events().map((event, index) => (index === at ? { ...event, ...change } : event)));

/** What a subscriber gets until it has caught up. */
async function subscribed(after: bigint): Promise<readonly StoredEvent[]> {
  const stop = new AbortController();
  const got: LogMessage[] = [];
  for await (const message of checked.subscribe(after, stop.signal)) {
    got.push(message);
    if (message.kind === 'caught-up') break;
  }
  return got.flatMap((message) => (message.kind === 'events' ? message.events : []));
}

const WAYS: readonly [string, (after: bigint) => Promise<readonly StoredEvent[]>][] = [
  ['readAll', (after) => collect(checked.readAll(after))],
  ['subscribe', subscribed],
];

describe.each(WAYS)('%s', (_, read) => {
  test('gives the events of the tree, and newer ones, from any place', async () => {
    log.addAll(['s-1', 's-9'], 'later');
    expect(await read(0n)).toEqual(events());
    expect(await read(155n)).toEqual(events().slice(15));
    expect(await read(400n)).toEqual(events().slice(40));
    expect(differences).toEqual([]);
  });

  test.each<[string, () => void, RegExp]>([
    ['altered', () => alter(20, { data: { amount: '1' } }), /position 210, number 21\b/],
    ['altered so that it has no form', () => alter(20, { data: { text: '\ud800' } }), /position 210, number 21\b/],
    ['removed', () => log.putBack(events().toSpliced(20, 1)), /position 220, number 21\b/],
    [
      'added',
      () => log.putBack(events().toSpliced(20, 0, { ...events()[20]!, position: 205n })),
      /position 205, number 21\b/,
    ],
  ])('serves nothing from an event on that was %s', async (_, attack, message) => {
    attack();
    await expect(read(0n)).rejects.toThrow(message);
    expect(differences.map((difference) => difference.message)).toEqual([expect.stringMatching(message)]);
  });
});

describe('readStream', () => {
  test('gives the events of the tree, and newer ones', async () => {
    log.addAll(['s-1', 's-9'], 'later');
    for (const stream of ['s-1', 's-9', 's-none']) {
      expect(await collect(checked.readStream(stream))).toEqual(events().filter((event) => event.stream === stream));
    }
    expect(await collect(checked.readStream('s-1', 5n))).toHaveLength(9);
  });

  test('does not give an altered event, and gives the others of its stream before it', async () => {
    alter(21, { metadata: { ...events()[21]!.metadata, reason: 'x' } });
    await expect(collect(checked.readStream('s-0'))).rejects.toThrow(/position 220, number 22\b/);
    expect(await collect(checked.readStream('s-0', 8n))).toHaveLength(6);
    await expect(collect(checked.readStream('s-0', 7n))).rejects.toThrow(LogMismatch);
  });

  test('does not give an event that was put between others', async () => {
    log.putBack(events().toSpliced(20, 0, { ...events()[20]!, stream: 's-7', position: 205n }));
    await expect(collect(checked.readStream('s-7'))).rejects.toThrow(/position 205/);
  });
});

describe('a log that keeps texts', () => {
  const stored = (event: StoredEvent, write: (value: object) => string): StoredEvent => ({
    ...event,
    texts: { data: write(event.data), metadata: write(event.metadata) },
  });
  const inAnyOrder = (value: object) => JSON.stringify(Object.fromEntries(Object.entries(value).reverse()));
  let plain: readonly StoredEvent[];
  beforeEach(() => {
    plain = events();
  });

  test.each(WAYS)('%s gives events whose texts are canonical, and those of older versions', async (_, read) => {
    log.putBack(plain.map((event, at) => stored(event, at % 3 === 0 ? inAnyOrder : storableJson)));
    expect((await read(0n)).map(withoutTexts)).toEqual(plain);
    expect(differences).toEqual([]);
  });

  test.each<[string, (event: StoredEvent) => StoredEvent]>([
    [
      'the text',
      ({ texts, ...event }) => ({ ...event, texts: { ...texts!, data: '{"amount":"1"}' }, data: { amount: '1' } }),
    ],
    ['the time', (event) => ({ ...event, storedAt: event.storedAt + 1 })],
    ['the type', (event) => ({ ...event, type: 'Altered' })],
    ['the stream', (event) => ({ ...event, stream: 's-\ud800' })],
    ['the order of an event', (event) => ({ ...event, position: event.position + 1n })],
  ])('serves nothing from an event on if somebody altered %s', async (_, altered) => {
    log.putBack(
      plain.map((event, at) => (at === 20 ? altered(stored(event, storableJson)) : stored(event, storableJson))),
    );
    await expect(collect(checked.readAll(0n))).rejects.toThrow(LogMismatch);
    expect(differences.map(({ message }) => message)).toEqual([expect.stringContaining('number 21')]);
  });
});

test('a lost part of the tree is an outage, and no fault of the log', async () => {
  tiles.tiles.delete('0/000');
  followed.tree.forget();
  for (const [, read] of WAYS) await expect(read(0n)).rejects.toThrow(/^The tree of the log is computed again$/);
  await expect(collect(checked.readStream('s-0'))).rejects.toThrow(Outage);
  expect(differences).not.toHaveLength(0);
  for (const { message } of differences) {
    expect(message).toMatch(/^Files of the tree are damaged: The tree has lost hash/);
  }
});

test('reads on without a comparison if there is no tree', async () => {
  const check = new LeafCheck({
    followed: () => Promise.resolve(undefined),
    hasher: HASHER_IN_THIS_THREAD,
    onDifference: (difference) => differences.push(difference),
  });
  alter(3, { type: 'Altered' });
  expect(await collect(checkedLog(log as unknown as EventStore, check).readAll(0n))).toHaveLength(40);
});
