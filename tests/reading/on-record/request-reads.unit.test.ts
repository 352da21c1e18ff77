import { DepartmentScope } from '../../../src/auth/department-scope';
import { ReadMade } from '../../../src/reads/read';
import { RequestReads } from '../../../src/reading/on-record/request-reads';
import { documentKey } from '../../../src/read-model/temporal-store';
import { changeOf, HOMES } from '../departments/small-ledger';

const MOMENT = { position: 7n };

let recorded: (readonly [ReadMade, number | undefined])[];
let canRecord: boolean;
beforeEach(() => {
  recorded = [];
  canRecord = true;
});

const readsOf = (...readDepartments: readonly string[]): RequestReads =>
  new RequestReads(
    {
      recorder: {
        mode: 'required',
        requireRecording: () => {
          if (!canRecord) throw new RangeError('not recorded');
        },
        record: (read, count) => {
          recorded.push([read, count]);
        },
      },
      homes: HOMES,
      isEntity: (kind) => kind !== 'DEPARTMENT',
    },
    { sub: 'u-1', name: '王审计', readDepartments: DepartmentScope.of(readDepartments) },
  );

const shown = () => recorded.map(([{ operation, entity, departments }]) => [operation, entity, [...departments]]);
const version = { state: { department: 'D2' }, revision: 1, position: 5n };

test.each<[string, readonly string[] | undefined, readonly string[]]>([
  ['all that the caller may read', undefined, ['44*', 'D1']],
  ['departments of which the caller may read some', ['D1', 'D2', '4413'], ['D1', '4413']],
  ['departments of which the caller may read none', ['D2'], []],
])('a read of %s is on record with what the caller may read', (_what, asked, expected) => {
  const reads = readsOf('D1', '44*');
  reads.departments('diff', MOMENT, asked);
  reads.end(() => ['diff']);
  expect(shown()).toEqual([['diff', undefined, expected]]);
  expect(recorded).toMatchObject([[{ sub: 'u-1', name: '王审计', moment: MOMENT, fields: ['diff'] }, 1]]);
});

test('a read of single entities is on record with their departments', () => {
  const reads = readsOf('*');
  const note = reads.begin('asOf', MOMENT, 0);
  note.sawOne(documentKey('BUDGET', 'D1.2023'), version);
  note.sawOne(documentKey('TASK', 'T2'), version);
  note.sawOne(documentKey('TEMPLATE', 'G'), version);
  note.sawOne(documentKey('DEPARTMENT', 'D3'), version);
  note.saw([documentKey('TASK', 'T2'), documentKey('TASK', 'T9')], [version, undefined]);
  reads.proof(MOMENT, changeOf({ department: 'D1', entity: { entityType: 'TASK', code: 'T1' } }));
  reads.end(() => []);
  expect(shown()).toEqual([
    ['asOf', 'BUDGET/D1.2023', ['D1']],
    ['asOf', 'TASK/T2', ['D2']],
    ['asOf', 'TEMPLATE/G', []],
    ['proof', 'TASK/T1', ['D1']],
  ]);
  expect(recorded.map(([, count]) => count)).toEqual([0, 0, 0, 1]);
});

describe('a read of many', () => {
  const codes = (count: number) => Array.from({ length: count }, (_, index) => `D${100 + index}`);

  test.each([20, 21, 25])('%i entities is on record with the departments of all', (count) => {
    const reads = readsOf('*');
    const note = reads.begin('asOf', MOMENT);
    for (const code of [...codes(count), ...codes(count)]) note.sawOne(documentKey('BUDGET', `${code}.2023`), version);
    reads.end(() => []);
    const named = codes(count).map((code) => ['asOf', `BUDGET/${code}.2023`, [code]]);
    expect(shown()).toEqual(count <= 20 ? named : [['asOf', undefined, expect.arrayContaining(codes(count))]]);
    expect(shown().flatMap(([, , departments]) => departments)).toHaveLength(count);
  });

  test.each([500, 501])(
    '%i departments is on record as one of all that the person may read, if it is too long',
    (count) => {
      const reads = readsOf('D*', '44*');
      reads.begin('asOf', MOMENT).covers(codes(count));
      reads.end(() => []);
      expect(shown()).toEqual([['asOf', undefined, count <= 500 ? codes(count) : ['44*', 'D*']]]);
    },
  );

  test('entities and other documents names no department twice', () => {
    const reads = readsOf('*');
    const note = reads.begin('asOf', MOMENT);
    note.sawOne(documentKey('BUDGET', 'D1.2023'), version);
    note.covers(['D1', 'D5']);
    reads.end(() => []);
    expect(shown()).toEqual([
      ['asOf', 'BUDGET/D1.2023', ['D1']],
      ['asOf', undefined, ['D5']],
    ]);
  });

  test('many entities and other documents names all departments, those of entities too', () => {
    const reads = readsOf('*');
    const note = reads.begin('asOf', MOMENT);
    for (const code of codes(21)) note.sawOne(documentKey('BUDGET', `${code}.2023`), version);
    note.covers(['D100', 'D5']);
    reads.end(() => []);
    expect(shown()).toEqual([['asOf', undefined, expect.arrayContaining(['D5', ...codes(21)])]]);
    expect(shown()[0]?.[2]).toHaveLength(22);
  });
});

test('a read that has to be on record, and cannot be, does not begin', () => {
  canRecord = false;
  const reads = readsOf('*');
  expect(() => reads.begin('asOf', MOMENT)).toThrow(RangeError);
  canRecord = true;
  reads.end(() => []);
  expect(recorded).toEqual([]);
});

test('what has ended is on record once, and without a read nobody looks at what was asked for', () => {
  const reads = readsOf('*');
  reads.begin('asOf', MOMENT);
  reads.end(() => []);
  const fields = jest.fn(() => []);
  reads.end(fields);
  expect(recorded).toHaveLength(1);
  expect(fields).not.toHaveBeenCalled();
});
