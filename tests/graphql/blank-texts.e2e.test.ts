import { startApi, TestApi } from '../support/api';
import { aMetadata, anEvent } from '../support/events';
import { eventually } from '../support/eventually';

/** Invisible names are refused; visible names are stored as they were sent. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '甲局' });
  await api.write('approveBudget', { ...OF_D1, lines: [{ ...LINE, code: 'L1', name: '甲', amount: '1' }] });
  await api.write('planTask', { ...OF_D1, code: 'T1', title: '甲' });
  await api.write('reportTaskProgress', { code: 'T1', progress: '50' });
  await api.write('defineIndicator', { ...OF_D1, ...KIND, code: 'I1', name: '甲' });
  const { changes } = await api.write('recordObservation', { code: 'I1', observedOn: '2023-01-01', text: '达成' });
  observation = changes[0].id;
});
afterAll(() => api.close());

const OF_D1 = { department: 'D1', fiscalYear: 2023 };
const LINE = { fundSource: 'UNIT_FUNDS' };
const KIND = { level1: 'OUTPUT', level2: 'QUALITY', direction: 'QUALITATIVE' };
let observation: string;

const INVISIBLE: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['white space', ' \t\u3000\u00a0'],
  ['zero-width characters', '\u200b\u200d\u2060\ufeff'],
  ['Hangul fillers', '\u3164\uffa0\u115f\u1160'],
  ['a Braille blank', '\u2800'],
  ['bidirectional controls', '\u202e\u2066'],
  ['variation selectors and tags', '\ufe0f\u{e0100}\u{e0041}'],
  ['combining marks', '\u0301\u20dd'],
  ['controls', '\u0000\u0085'],
  ['a soft hyphen', '\u00ad'],
];

/** Every text that is required, or must be visible if it is given. */
const REQUIRED: readonly (readonly [string, string, (text: string) => object])[] = [
  ['registerDepartment', '/input/name', (name) => ({ code: 'D2', name })],
  ['registerDepartment', '/input/level', (level) => ({ code: 'D2', name: '乙', level })],
  ['registerDepartment', '/input/functions/1', (text) => ({ code: 'D2', name: '乙', functions: ['甲', text] })],
  ['renameDepartment', '/input/name', (name) => ({ code: 'D1', name })],
  [
    'approveBudget',
    '/input/lines/0/name',
    (name) => ({ ...OF_D1, fiscalYear: 2024, lines: [{ ...LINE, code: 'L1', amount: '1', name }] }),
  ],
  [
    'supplementBudget',
    '/input/newLine/name',
    (name) => ({ ...OF_D1, line: 'L2', amount: '1', newLine: { ...LINE, code: 'L2', name } }),
  ],
  ['planTask', '/input/title', (title) => ({ ...OF_D1, code: 'T2', title })],
  [
    'planTask',
    '/input/milestones/0/title',
    (title) => ({ ...OF_D1, code: 'T2', title: '乙', milestones: [{ code: 'M1', title }] }),
  ],
  ['defineIndicator', '/input/name', (name) => ({ ...OF_D1, ...KIND, code: 'I2', name })],
  ['defineIndicator', '/input/unit', (unit) => ({ ...OF_D1, ...KIND, code: 'I2', name: '乙', unit })],
  ['recordObservation', '/input/text', (text) => ({ code: 'I1', observedOn: '2023-01-02', text })],
  ['correctObservation', '/input/text', (text) => ({ code: 'I1', observation, text })],
  ['renameDepartment', '/input/idempotencyKey', (idempotencyKey) => ({ code: 'D1', name: '乙', idempotencyKey })],
  ['renameDepartment', '/input/evidence/0/uri', (uri) => ({ code: 'D1', name: '乙', evidence: [{ uri }] })],
  [
    'renameDepartment',
    '/input/evidence/0/title',
    (title) => ({ code: 'D1', name: '乙', evidence: [{ uri: 'https://example.org', title }] }),
  ],
];

test.each(REQUIRED)('%s refuses an invisible %s', async (mutation, path, inputOf) => {
  const head = async () => (await api.data('{ ledger { head } }')).ledger.head;
  const before = await head();
  for (const [what, text] of INVISIBLE) {
    const { extensions } = await api.refusal(mutation, inputOf(text));
    const paths = (extensions.violations as { path: string }[]).map((violation) => violation.path);
    expect([what, extensions.code, new Set(paths)]).toEqual([what, 'BAD_USER_INPUT', new Set([path])]);
  }
  expect(await head()).toBe(before);
});

test.each(INVISIBLE)('%s is not a reason for a lower progress', async (_, reason) => {
  const { extensions } = await api.refusal('reportTaskProgress', { code: 'T1', progress: '40', reason });
  expect(extensions).toEqual({ code: 'RULE_VIOLATION', rule: 'PROGRESS_DECREASE_NEEDS_REASON' });
});

test.each([
  ['decomposed', 'e\u0301'],
  ['full-width', 'Ａ１'],
  ['with white space around it', ' 甲 '],
  ['with invisible characters in it', '\u200b甲\u200d乙\ufe0f\u3164'],
  ['a compatibility ideograph', '\uf900'],
  ['in private use', '\ue000'],
])('a name is stored as it was sent: %s', async (_, name) => {
  await api.write('renameDepartment', { code: 'D1', name });
  expect((await api.data('{ department(code: "D1") { name } }')).department).toEqual({ name });
});

test.each(['Ｄ1', 'D１', 'D\u200b1', 'é', 'D1\u0301', '甲'])('a code must be ASCII: %j is refused', async (code) => {
  const { extensions } = await api.refusal('registerDepartment', { code, name: '甲' });
  expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path: '/input/code' }] });
});

test('an invisible name that an earlier version recorded is read, and can be replaced', async () => {
  const registered = anEvent({
    type: 'DepartmentRegistered',
    data: { code: 'OLD', name: '\u3164', functions: ['\u200b'] },
    metadata: aMetadata(),
  });
  await api.eventStore.append('mingjian-department-OLD', [registered], 'any');
  const old = async () =>
    (await api.data('{ department(code: "OLD") { name functions history { nodes { type } } } }')).department;
  await eventually('it is projected', async () => (await old()) !== null);
  expect(await old()).toEqual({
    name: '\u3164',
    functions: ['\u200b'],
    history: { nodes: [{ type: 'DepartmentRegistered' }] },
  });
  await api.write('renameDepartment', { code: 'OLD', name: '甲' });
  expect(await old()).toMatchObject({ name: '甲' });
});
