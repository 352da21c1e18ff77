import { StoredEvent } from '../../src/event-store/envelope';
import { BEFORE_ALL, Change, pointAfter } from '../../src/read-model/change';
import { LogMarks } from '../../src/reading/log-marks';
import { storedEvent } from '../support/change';

const change = (sequence: bigint, differs: Partial<StoredEvent> = {}): Change => ({
  event: storedEvent({ position: sequence * 10n, stream: 'mingjian-department-D1', ...differs }),
  entity: { entityType: 'DEPARTMENT', code: 'D1' },
  department: 'D1',
  sequence,
  recordedAt: 0,
});

/** A store of changes at positions 10, 20, … */
function storeOf(changes: readonly Change[], version = '1') {
  const store = {
    reads: 0,
    version: () => version,
    changes: ({ upTo }: { readonly upTo: bigint }) => {
      store.reads++;
      return changes.filter(({ event }) => event.position === upTo);
    },
    pointAt: (at: object) => {
      const { position } = at as { readonly position: bigint };
      const last = changes.findLast(({ event }) => event.position <= position);
      return last === undefined ? BEFORE_ALL : pointAfter(last);
    },
  };
  return store;
}

const LOG = [change(1n), change(2n)];
const markAt = async (position: bigint, store = storeOf(LOG)) => new LogMarks(store).at(position);

test('a mark says how many events are up to there', async () => {
  expect((await Promise.all([0n, 9n, 10n, 19n, 20n, 99n].map((at) => markAt(at)))).map(({ events }) => events)).toEqual(
    [...[0n, 0n, 1n, 1n, 2n, 2n]],
  );
});

test('what follows a position does not change its mark', async () => {
  const before = await markAt(10n);
  expect(await markAt(10n, storeOf([change(1n), change(2n, { id: 'other' }), change(3n)]))).toEqual(before);
  expect(await markAt(15n)).toEqual(before);
});

test.each<[string, Partial<StoredEvent>]>([
  ['id', { id: 'other' }],
  ['stream', { stream: 'mingjian-department-D2' }],
  ['revision', { revision: 1n }],
  ['time', { storedAt: 1 }],
  ['salt', { metadata: { ...change(1n).event.metadata, salt: 'x' } }],
])('a log whose last event has another %s has another mark', async (_, differs) => {
  expect((await markAt(20n, storeOf([change(1n), change(2n, differs)]))).text).not.toBe((await markAt(20n)).text);
});

test('read models of another version have other marks', async () => {
  expect((await markAt(20n, storeOf(LOG, '2'))).text).not.toBe((await markAt(20n)).text);
});

test('a position is read once, until what was read is forgotten', async () => {
  const store = storeOf(LOG);
  const marks = new LogMarks(store);
  const first = await marks.at(20n);
  expect(await marks.at(20n)).toEqual(first);
  expect(store.reads).toBe(1);
  marks.forget();
  await marks.at(20n);
  expect(store.reads).toBe(2);
});
