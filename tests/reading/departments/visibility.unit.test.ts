import { DepartmentScope } from '../../../src/auth/department-scope';
import { documentKey, Version } from '../../../src/read-model/temporal-store';
import { departmentIn } from '../../../src/reading/departments/homes';
import { Visibility } from '../../../src/reading/departments/visibility';
import { changeOf, HOMES } from './small-ledger';

const visibility = new Visibility(DepartmentScope.of(['D1', '44*']), HOMES);
const change = (department: string, entityType = 'TASK') => changeOf({ department, entity: { entityType, code: 'X' } });
const version = (state: unknown, department?: string): Version => ({
  position: 10n,
  revision: 1,
  state,
  ...(department !== undefined && { change: change(department) }),
});

test.each<[string, string, boolean]>([
  ['D1', 'TASK', true],
  ['4413', 'TASK', true],
  ['D2', 'TASK', false],
  ['D10', 'TASK', false],
  ['d1', 'TASK', false],
  ['', 'TASK', false],
  ['D2', 'TEMPLATE', true],
])('a change of department %s on a %s: %s', (department, entityType, expected) => {
  expect(visibility.showsChange(change(department, entityType))).toBe(expected);
});

test.each<[string, string, boolean | undefined]>([
  ['DEPARTMENT', 'D1', true],
  ['BUDGET', 'D1.2023', true],
  ['BUDGET', 'D1.2023/A', true],
  ['BUDGET', '4413.2023', true],
  ['BUDGET', 'D2.2023', false],
  ['BUDGET', 'D2.2023/D1', false],
  ['BUDGET', 'D10.2023', false],
  ['TASK', 'D1', undefined],
  ['TEMPLATE', 'X', true],
])('the key of a %s %s says: %s', (kind, code, expected) => {
  expect(visibility.showsKey(documentKey(kind, code))).toBe(expected);
});

test.each<[string, string, Version, boolean]>([
  ['a change of its department', 'TASK', version({ department: 'D2' }, 'D1'), true],
  ['a change of another department', 'TASK', version({ department: 'D1' }, 'D2'), false],
  ['no change, and its department in its state', 'TASK', version({ department: 'D1' }), true],
  ['no change, and another department in its state', 'TASK', version({ department: 'D2' }), false],
  ['no change, and its department in its code', 'BUDGET', version({ department: 'D2' }), true],
  ['no change, and no department', 'TEMPLATE', version({ department: 'D2' }), true],
])('a version with %s', (_what, kind, of, expected) => {
  expect(visibility.showsVersion(documentKey(kind, 'D1.2023'), of)).toBe(expected);
});

test('a version whose code has another department, and no change, is not shown', () => {
  expect(visibility.showsVersion(documentKey('BUDGET', 'D2.2023'), version({ department: 'D1' }))).toBe(false);
});

test('callers with the same departments have the same key, and others have another one', () => {
  const keyOf = (...texts: string[]) => new Visibility(DepartmentScope.of(texts), HOMES).key;
  expect(keyOf('D2', 'D1')).toBe(keyOf('D1', 'D2', 'D1'));
  const keys = [[], ['D1'], ['D1*'], ['D1', 'D2'], ['D12'], ['*']].map((texts) => keyOf(...texts));
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  ['D1', 'D1'],
  ['D1.2023', 'D1'],
  ['D1.2023/A', 'D1'],
  ['D1/A.B', 'D1'],
  ['', ''],
])('the department in %s is %s', (code, department) => {
  expect(departmentIn(code)).toBe(department);
});

test('what nobody has declared is not read', () => {
  expect(() => HOMES.ofKind('OTHER')).toThrow('No feature declares to which department documents OTHER belongs');
  for (const collection of ['OTHER', 'OTHER/D1', 'TASKS/D1', 'PART']) {
    expect(() => HOMES.ofCollection(collection)).toThrow(`No feature declares to which department ${collection}`);
  }
  expect(HOMES.ofCollection('PARTS')).toBe('PARTS');
  expect(HOMES.ofCollection('PARTS/D1/x')).toBe('NAME');
});
