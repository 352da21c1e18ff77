import { EventTypes } from '../../../src/event-store/event-types';
import { documentKey, ProjectedChange } from '../../../src/read-model/temporal-store';
import { MaskedStore } from '../../../src/reading/masking/masked-store';
import { Masking } from '../../../src/reading/masking/masking';
import { aMetadata } from '../../support/events';
import { changeOf, storeOf } from '../departments/small-ledger';

const TYPES = {
  Open: { personal: [] },
  Personal: { personal: ['payee', 'input', 'items', 'memo'] },
} as unknown as EventTypes;

const pseudonymOf = (sub: string): string => `p-${sub}`;
const hidden = (state: unknown) => ({ ...(state as object), department: 'hidden' });
const newMasking = () => new Masking(TYPES, pseudonymOf, new Map([['TASK', hidden]]));

const DATA = { amount: '1.00', payee: '某公司', input: { a: 1 }, items: ['a'], memo: null };
const METADATA = {
  ...aMetadata({ actor: { sub: 'u-1', name: '张编辑' } }),
  confirmedBy: { sub: 'u-2', name: '周复核' },
  proposal: 'a-proposal',
  documentNo: '文1号',
  reason: '理由',
  evidence: [{ uri: 'file:1' }],
  idempotencyKey: 'k',
  $correlationId: 'c',
  later: '以后的字段',
};

function changeWith(type: string, data: object = DATA, metadata: object = METADATA) {
  const change = changeOf({ department: 'D1', entity: { entityType: 'TASK', code: 'T1' } });
  return { ...change, event: { ...change.event, type, data, metadata } } as typeof change;
}

describe('a change without details of persons', () => {
  test.each<[string, object]>([
    ['Open', DATA],
    ['Personal', { amount: '1.00', input: {}, items: [] }],
    ['Unknown', { input: {}, items: [] }],
  ])('of the type %s has of its data only what is open', (type, data) => {
    expect(newMasking().change(changeWith(type)).event.data).toEqual(data);
  });

  test('has of its metadata only what is listed, and pseudonyms', () => {
    const { event, isMasked, ...rest } = newMasking().change(changeWith('Open'));
    const { schemaVersion, effectiveAt, proposal, documentNo } = METADATA;
    expect(event.metadata).toEqual({
      schemaVersion,
      effectiveAt,
      actor: { sub: 'p-u-1' },
      confirmedBy: { sub: 'p-u-2' },
      proposal,
      documentNo,
    });
    expect(isMasked).toBe(true);
    const { event: _, ...whole } = changeWith('Open');
    expect(rest).toEqual(whole);
  });

  test('names nobody who confirmed it if nobody did', () => {
    const { event } = newMasking().change(changeWith('Open', DATA, aMetadata()));
    expect(event.metadata.confirmedBy).toBeUndefined();
  });

  test('is made once', () => {
    const [masking, change] = [newMasking(), changeWith('Personal')];
    expect(masking.change(change)).toBe(masking.change(change));
    expect(masking.change(changeWith('Open'))).not.toBe(masking.change(change));
  });
});

test('a state is masked if its kind has details of persons', () => {
  const masking = newMasking();
  const state = { department: 'D1' };
  expect(masking.state(documentKey('TASK', 'T1'), state)).toEqual({ department: 'hidden' });
  expect(masking.state(documentKey('TASK', 'T1'), null)).toBeNull();
  expect(masking.state(documentKey('BUDGET', 'TASK/T1'), state)).toBe(state);
});

test('what a dry run would write is masked, too', () => {
  const pending: ProjectedChange = {
    change: changeWith('Personal'),
    documents: [{ key: documentKey('TASK', 'T1'), revision: 1, state: { department: 'D1' }, carriesChange: true }],
    members: [{ collection: 'TASKS', code: 'T1' }],
  };
  const masked = newMasking().pending(pending);
  expect(masked.change).toMatchObject({ isMasked: true, event: { data: { input: {} } } });
  expect(masked.documents).toEqual([{ ...pending.documents[0], state: { department: 'hidden' } }]);
  expect(masked.members).toEqual(pending.members);
});

test('everything that is read through it is masked, and nothing else is changed', async () => {
  const task = { department: 'D1', entity: { entityType: 'TASK', code: 'T1' }, members: { TASKS: 'T1' } };
  const whole = await storeOf([task, { ...task, isPart: true, entity: { entityType: 'TASK', code: 'T2' } }]);
  const store = new MaskedStore(whole, newMasking());
  const range = { after: 0n, upTo: 20n };
  const [key, part, none] = ['T1', 'T2', 'T3'].map((code) => documentKey('TASK', code));
  const versions = await store.versions([key!, none!, part!], 20n);
  const masked = { state: { department: 'hidden' }, change: { isMasked: true, event: { metadata: { actor: {} } } } };
  expect(versions[0]).toMatchObject(masked);
  expect(versions[1]).toBeUndefined();
  expect(versions[2]).toEqual({ position: 20n, revision: 1, state: { department: 'hidden', code: 'T2' } });
  expect(await store.walk(key!, range)).toMatchObject([masked]);
  expect(await store.changes(range)).toMatchObject([{ isMasked: true }, { isMasked: true }]);
  expect(store.scan).toBeUndefined();
  expect(await store.members('TASKS', 20n, {})).toEqual(whole.members('TASKS', 20n, {}));
  expect([store.version(), store.watermark(), store.synchronous, store.pointAt({ position: 15n })]).toEqual([
    whole.version(),
    whole.watermark(),
    whole.synchronous,
    whole.pointAt({ position: 15n }),
  ]);
});

test('what is read in parts is masked in each part', async () => {
  const scanned = { changes: [changeWith('Personal')], upTo: 10n, hidden: { changes: 3, bytes: 9 } };
  const whole = Object.assign(await storeOf([]), { scan: () => scanned });
  const read = await new MaskedStore(whole, newMasking()).scan!({ after: 0n, upTo: 10n });
  expect(read).toMatchObject({ changes: [{ isMasked: true }], upTo: 10n, hidden: scanned.hidden });
});
