import { parsePosition } from '../../src/kernel/position';
import fc from 'fast-check';
import { encodeId, GlobalId } from '../../src/reading/ids';
import { NodeKind, readId } from '../../src/reading/nodes';
import { runs } from '../support/property';

const DEPARTMENT: GlobalId = { type: 'DEPARTMENT', code: '441300-DSJ' };
const EVENT = '6f1c1f0c-9d0e-4a53-9a3f-0d7b1b6f3a01';
const CHANGE: GlobalId = {
  type: 'CHANGE',
  entity: { entityType: 'BUDGET', code: '441300-DSJ.2023' },
  eventId: EVENT,
  position: 7n,
};
const TYPES = ['DEPARTMENT', 'BUDGET', 'TASK', 'INDICATOR', 'EVALUATION'];
const kind: NodeKind = { load: () => undefined };
const KINDS = new Map<string, NodeKind>([
  ...TYPES.map((type) => [type, kind] as const),
  ['OBSERVATION', { ...kind, isPart: true }],
]);
const decodeId = (id: string) => readId(id, KINDS);
const forged = (text: string): string => Buffer.from(text).toString('base64url');

describe('an id', () => {
  test.each<[string, GlobalId]>([
    ['of the present', DEPARTMENT],
    ['of a budget', { type: 'BUDGET', code: '441300-DSJ.2023' }],
    ['at position zero', { ...DEPARTMENT, at: { position: 0n } }],
    ['at the largest position', { ...DEPARTMENT, at: { position: 2n ** 64n - 1n } }],
    ['on both clocks', { ...DEPARTMENT, at: { position: 12n, effectiveAt: 1_688_140_799_999 } }],
    ['at the epoch', { ...DEPARTMENT, at: { position: 12n, effectiveAt: 0 } }],
    ['before the epoch', { ...DEPARTMENT, at: { position: 12n, effectiveAt: -1 } }],
    ['on all three', { ...DEPARTMENT, at: { position: 12n, effectiveAt: 5, knownAt: 1_688_140_799_999 } }],
    ['that was read at a time', { ...DEPARTMENT, at: { position: 12n, knownAt: -1 } }],
    ['of a snapshot', { type: 'SNAPSHOT', at: { position: 12n, effectiveAt: 0, knownAt: 0 } }],
    ['of a change', CHANGE],
    ['of a change at a snapshot', { ...CHANGE, at: { position: 12n, effectiveAt: 7 } }],
    ['of an item of the feed', { ...CHANGE, at: 'FEED' }],
    ['of an observation', { type: 'OBSERVATION', code: 'I1', part: EVENT }],
  ])('%s comes back as it was written', (_what, name) => {
    expect(decodeId(encodeId(name))).toEqual(name);
  });

  test('differs for each snapshot, on either clock, and from the present one', () => {
    const places = [
      undefined,
      { position: 1n },
      { position: 2n },
      { position: 1n, effectiveAt: 0 },
      { position: 1n, effectiveAt: 1 },
      { position: 1n, knownAt: 0 },
      { position: 1n, knownAt: 1 },
      { position: 1n, effectiveAt: 0, knownAt: 1 },
    ];
    const ids = places.map((at) => encodeId({ ...DEPARTMENT, at }));
    expect(new Set(ids).size).toBe(places.length);
  });

  test('differs for each type and code', () => {
    const ids = TYPES.flatMap((type) => ['A', 'a', 'A.2023'].map((code) => encodeId({ type, code })));
    expect(new Set(ids).size).toBe(15);
  });

  test('needs no escaping in a URL', () => {
    expect(encodeId({ type: 'BUDGET', code: 'a_b-c.2023', at: { position: 2n ** 64n - 1n } })).toMatch(
      /^[A-Za-z0-9_-]+$/,
    );
  });

  test.each([
    ['nothing', ''],
    ['a code', '441300-DSJ'],
    ['a number', '12'],
    ['other characters', '!!!!'],
    ['a padded one', Buffer.from('1,DEPARTMENT,D1,,').toString('base64')],
    ['another version', forged('2,DEPARTMENT,D1,,')],
    ['no version', forged('DEPARTMENT,D1,,')],
    ['another type', forged('1,ROOT,D1,,')],
    ['a type that every object has', forged('1,constructor,D1,,')],
    ['no code', forged('1,DEPARTMENT,,,')],
    ['a code that is none', forged('1,DEPARTMENT,a/b,,')],
    ['a code with an empty part', forged('1,BUDGET,D1.,,')],
    ['too few parts', forged('1,DEPARTMENT,D1')],
    ['too many parts', forged('1,DEPARTMENT,D1,,1,2,3,4')],
    ['an effective moment without a position', forged('1,DEPARTMENT,D1,,,5')],
    ['a negative position', forged('1,DEPARTMENT,D1,,-1,')],
    ['a position with a zero before', forged('1,DEPARTMENT,D1,,01,')],
    ['a position beyond 64 bits', forged(`1,DEPARTMENT,D1,,${String(2n ** 64n)},`)],
    ['a position that is no number', forged('1,DEPARTMENT,D1,,x,')],
    ['an effective moment that is no number', forged('1,DEPARTMENT,D1,,1,x')],
    ['an effective moment that is NaN', forged('1,DEPARTMENT,D1,,1,NaN')],
    ['a fraction of a millisecond', forged('1,DEPARTMENT,D1,,1,1.5')],
    ['a negative zero', forged('1,DEPARTMENT,D1,,1,-0')],
    ['an effective moment with a zero before', forged('1,DEPARTMENT,D1,,1,007')],
    ['a moment that no calendar has', forged('1,DEPARTMENT,D1,,1,9999999999999999')],
    ['a known moment that is no number', forged('1,DEPARTMENT,D1,,1,,x')],
    ['an empty known moment', forged('1,DEPARTMENT,D1,,1,2,')],
    ['a known moment with a zero before', forged('1,DEPARTMENT,D1,,1,,01')],
    ['an entity of the feed', forged('1,DEPARTMENT,D1,,FEED')],
    ['a snapshot of the present', forged('1,SNAPSHOT,,,')],
    ['a snapshot of the feed', forged('1,SNAPSHOT,,,FEED')],
    ['a snapshot with a code', forged('1,SNAPSHOT,D1,,1,')],
    ['an entity with a part', forged('1,DEPARTMENT,D1,x,1,')],
    ['an observation without a change', forged('1,OBSERVATION,I1,,')],
    ['an observation of what is no UUID', forged('1,OBSERVATION,I1,x,')],
    ['a change without a position', forged(`1,CHANGE,BUDGET/D1.2023,${EVENT},`)],
    ['a change without an entity', forged(`1,CHANGE,BUDGET,${EVENT}/7,`)],
    ['a change of another type', forged(`1,CHANGE,OBSERVATION/I1,${EVENT}/7,`)],
    ['a change whose UUID has capitals', forged(`1,CHANGE,BUDGET/D1.2023,${EVENT.toUpperCase()}/7,`)],
    ['a change with more parts', forged(`1,CHANGE,BUDGET/D1.2023/x,${EVENT}/7,`)],
    ['an eventId', EVENT],
    ['bytes that are no text', Buffer.from([0x31, 0x2c, 0xff, 0xfe]).toString('base64url')],
    ['a megabyte', forged(`1,OBSERVATION,D1,${'x'.repeat(1_000_000)},`)],
  ])('is not %s', (_what, id) => {
    expect(decodeId(id)).toBeUndefined();
  });

  test('is invalid if characters are removed or added', () => {
    const id = encodeId({ ...DEPARTMENT, at: { position: 123_456n, effectiveAt: 1_688_140_799_999 } });
    const read = (text: string) =>
      JSON.stringify(decodeId(text), (_key, part) => (typeof part === 'bigint' ? String(part) : part));
    for (let length = 0; length < id.length; length++) expect(read(id.slice(0, length))).not.toBe(read(id));
    for (const more of ['A', '=', ' ', '\n', ',']) expect(read(`${id}${more}`)).not.toBe(read(id));
  });

  test('has only one form: every id that can be read would be written in the same way', () => {
    const texts = fc.oneof(
      fc.base64String(),
      fc.string().map(forged),
      fc
        .tuple(fc.constantFrom(...TYPES), fc.stringMatching(/^[\w.-]{0,9}$/), fc.stringMatching(/^[\d,.-]{0,9}$/))
        .map(([type, code, rest]) => forged(`1,${type},${code},,${rest}`)),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('', '=', '==', 'A'), (text, end) => {
        const id = `${text}${end}`;
        const named = decodeId(id);
        if (named !== undefined) expect(encodeId(named)).toBe(id);
      }),
      runs(2_000),
    );
  });
});

describe('a position', () => {
  test.each([
    ['0', 0n],
    ['1', 1n],
    ['18446744073709551615', 2n ** 64n - 1n],
  ])('%s', (text, position) => {
    expect(parsePosition(text)).toBe(position);
  });

  test.each([
    '',
    '00',
    '01',
    '-1',
    '+1',
    '1.0',
    '1e3',
    '0x1',
    ' 1',
    '1\n',
    '１',
    '18446744073709551616',
    '9'.repeat(100_000),
  ])('is not %.30s', (text) => {
    expect(parsePosition(text)).toBeUndefined();
  });
});
