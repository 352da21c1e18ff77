import path from 'node:path';
import { WorkerHasher } from '../../../src/evidence/adapters/worker-hasher';
import { LastingTroubles } from '../../../src/kernel/lasting-troubles';
import { leafOfForm } from '../../../src/evidence/event-form';
import { HASHER_IN_THIS_THREAD } from '../../../src/evidence/hashing/leaf-hasher';
import { aMetadata } from '../../support/events';

const TYPESCRIPT = ['--require', path.join(__dirname, '../../support/run-typescript.cjs')];

const events = Array.from({ length: 300 }, (_, at) => ({
  event: {
    id: `event-${at}`,
    stream: '流-1',
    type: 'Happened',
    data: { amount: `${at}.50`, text: at === 7 ? '\ud800' : '文', zero: at === 8 ? -0 : 0 },
    metadata: aMetadata(),
    revision: BigInt(at),
    position: 2n ** 60n + BigInt(at),
    storedAt: at,
  },
  order: { sequence: BigInt(at + 1), recordedAt: at },
}));

const forms = events.map(({ order }) => `{"text":"文","sequence":"${order.sequence}"}`);

/** The troubles that begin and end. */
function noted() {
  const kinds: string[] = [];
  return { kinds, troubles: new LastingTroubles({ report: ({ kind }) => kinds.push(kind) }, 'tree') };
}

test('a worker computes the same leaves, and none for events without a form', async () => {
  const { kinds, troubles } = noted();
  const hasher = new WorkerHasher(troubles, TYPESCRIPT);
  const expected = await HASHER_IN_THIS_THREAD.hash(events);
  const [some, all, again] = await Promise.all([
    hasher.hash(events.slice(0, 5)),
    hasher.hash(events),
    hasher.hash(events.slice(100)),
  ]);
  expect(some).toEqual(expected.slice(0, 5));
  expect(all).toEqual(expected);
  expect(again).toEqual(expected.slice(100));
  expect([all[7], all[8]]).toEqual([undefined, undefined]);
  const ofForms = forms.map(leafOfForm);
  expect(await Promise.all([hasher.hashForms(forms), hasher.hashForms(forms.slice(0, 5))])).toEqual([
    ofForms,
    ofForms.slice(0, 5),
  ]);
  await hasher.close();
  expect(await hasher.hashForms(forms)).toEqual(ofForms);
  expect(await hasher.hash(events)).toEqual(expected);
  expect(kinds).toEqual([]);
});

test.each([
  ['ends', ['--require', './none.cjs']],
  ['cannot be made', ['--max-semi-space-size=64']],
])('if the worker %s, the leaves are computed here', async (_, options) => {
  const { kinds, troubles } = noted();
  const hasher = new WorkerHasher(troubles, options);
  const expected = await HASHER_IN_THIS_THREAD.hash(events);
  expect(await hasher.hash(events)).toEqual(expected);
  expect(await hasher.hash(events)).toEqual(expected);
  expect(await hasher.hashForms(forms)).toEqual(forms.map(leafOfForm));
  expect(kinds).toEqual(['trouble']);
  await hasher.close();
});

test('a worker that has failed is started again later', async () => {
  const { kinds, troubles } = noted();
  const options = ['--require', './none.cjs'];
  const hasher = new WorkerHasher(troubles, options, 0);
  const expected = await HASHER_IN_THIS_THREAD.hash(events);
  expect(await hasher.hash(events)).toEqual(expected);
  options.splice(0, 2, ...TYPESCRIPT);
  expect(await hasher.hash(events)).toEqual(expected);
  expect(kinds).toEqual(['trouble', 'trouble-over']);
  await hasher.close();
});
