import { createHash } from 'node:crypto';
import { StoredEvent } from '../../src/event-store/envelope';
import { storableJson } from '../../src/kernel/json';
import { entryOf, eventForm, eventLeafHash, storedForm } from '../../src/evidence/event-form';

const EVENT: StoredEvent = {
  id: '6f1c9d2e-0a64-4a1b-8a0b-0d6a2f6b7c11',
  stream: 'mingjian-budget-441300-DSJ.2023',
  revision: 3n,
  position: 9007199254740993n,
  type: 'ExpenditureRecorded',
  data: { line: '培训费', amount: '100.50', memo: null },
  metadata: { schemaVersion: 1, effectiveAt: '2023-06-30T16:00:00.000Z', actor: { sub: 'li', name: '李' } },
  storedAt: Date.UTC(2023, 6, 1, 2, 3, 4, 5),
};
const ORDER = { sequence: 42n, recordedAt: Date.UTC(2023, 6, 1, 2, 3, 4, 6) };

const FORM =
  '{"data":{"amount":"100.50","line":"培训费","memo":null},"id":"6f1c9d2e-0a64-4a1b-8a0b-0d6a2f6b7c11",' +
  '"metadata":{"actor":{"name":"李","sub":"li"},"effectiveAt":"2023-06-30T16:00:00.000Z","schemaVersion":1},' +
  '"position":"9007199254740993","recordedAt":"2023-07-01T02:03:04.006Z","revision":"3","sequence":"42",' +
  '"storedAt":"2023-07-01T02:03:04.005Z","stream":"mingjian-budget-441300-DSJ.2023","type":"ExpenditureRecorded"}';

const sha256 = (...parts: (string | Buffer)[]) => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
};

test('the form of an event has its stored fields and its order, and 64-bit numbers as texts', () => {
  expect(eventForm(EVENT, ORDER)).toBe(FORM);
});

test('the form by the stored texts is the same if they are canonical', () => {
  const texts = { data: storableJson(EVENT.data), metadata: storableJson(EVENT.metadata) };
  expect(storedForm({ ...EVENT, texts }, ORDER)).toBe(FORM);
  expect(storedForm({ ...EVENT, texts: { ...texts, data: JSON.stringify(EVENT.data) } }, ORDER)).not.toBe(FORM);
  expect(storedForm(EVENT, ORDER)).toBeUndefined();
});

test('the entry is the hash of the form, and the leaf that of a zero byte and the entry', () => {
  // docs/protocol/evidence.md has these two hashes.
  expect(entryOf(FORM).toString('hex')).toBe('387be97e4d67a874eb0d7563caf30c6c846d3dd8522d30bd207334a4f0f10fe9');
  expect(eventLeafHash(EVENT, ORDER).toString('hex')).toBe(
    '9bd67c743017751e6373687a39c97954385f12bff48cb7f8f493d0ead8ce04e4',
  );
  expect(entryOf(FORM)).toEqual(sha256(FORM));
  expect(eventLeafHash(EVENT, ORDER)).toEqual(sha256(Buffer.of(0), sha256(FORM)));
});

test.each<[string, Partial<StoredEvent>]>([
  ['id', { id: '6f1c9d2e-0a64-4a1b-8a0b-0d6a2f6b7c12' }],
  ['stream', { stream: 'mingjian-budget-441300-DSJ.2024' }],
  ['revision', { revision: 4n }],
  ['position', { position: 9007199254740992n }],
  ['type', { type: 'ExpenditureReversed' }],
  ['data', { data: { ...EVENT.data, memo: '' } }],
  ['metadata', { metadata: { ...EVENT.metadata, schemaVersion: 2 } }],
  ['storedAt', { storedAt: EVENT.storedAt + 1 }],
])('another %s is another leaf', (_, other) => {
  expect(eventLeafHash({ ...EVENT, ...other }, ORDER)).not.toEqual(eventLeafHash(EVENT, ORDER));
});

test('another place or another recorded time is another leaf', () => {
  const leaf = eventLeafHash(EVENT, ORDER);
  expect(eventLeafHash(EVENT, { ...ORDER, sequence: 43n })).not.toEqual(leaf);
  expect(eventLeafHash(EVENT, { ...ORDER, recordedAt: ORDER.recordedAt + 1 })).not.toEqual(leaf);
});
